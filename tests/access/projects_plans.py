"""Rows of plans of projects."""

from .concertation import Line

LINES: list[Line] = []
