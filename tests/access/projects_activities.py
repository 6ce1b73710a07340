"""Rows of activities of projects."""

from .concertation import Line

LINES: list[Line] = []
