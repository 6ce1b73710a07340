"""Rows of grants of projects."""

from .concertation import Line

LINES: list[Line] = []
