"""Rows of twinning of projects."""

from .concertation import Line

LINES: list[Line] = []
