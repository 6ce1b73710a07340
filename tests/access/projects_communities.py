"""Rows of communities of projects."""

from .concertation import Line

LINES: list[Line] = []
