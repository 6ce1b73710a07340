"""Rows of vigilance of projects."""

from .concertation import Line

LINES: list[Line] = []
