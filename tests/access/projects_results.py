"""Rows of results of projects."""

from .concertation import Line

LINES: list[Line] = []
