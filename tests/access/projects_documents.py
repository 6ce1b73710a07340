"""Rows of documents of projects."""

from .concertation import Line

LINES: list[Line] = []
