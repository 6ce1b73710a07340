"""Rows of funding of projects."""

from .concertation import Line

LINES: list[Line] = []
