"""What is told of a meeting or training of the community of practice."""

from typing import NamedTuple


class Item(NamedTuple):
    """An item of an agenda and what was said of it."""

    title: str
    kind: str
    minutes: int
    notes: str


class Past(NamedTuple):
    """A meeting or training that was held, `days` before today."""

    days: int
    kind: str
    title: str
    place: str
    purpose: str
    items: tuple[Item, ...]
    decisions: tuple[str, ...]
    follow_ups: tuple[tuple[str, int, bool], ...]  # what, due so many days after the meeting, done
    summary: str
    people: int
    guests: int
    hours: str = ""


class Coming(NamedTuple):
    """A meeting or training to come, `days` after today."""

    days: int
    kind: str
    title: str
    place: str
    purpose: str
    items: tuple[Item, ...]
    capacity: int
    registered: int
    hours: str = ""
