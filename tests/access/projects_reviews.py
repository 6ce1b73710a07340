"""Rows of reviews of projects."""

from .concertation import Line

LINES: list[Line] = []
