"""Rows of support of projects."""

from .concertation import Line

LINES: list[Line] = []
