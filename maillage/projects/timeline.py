"""A plan drawn along time: pure work on days, no database. Places are shares of the whole width, in percent, as text for SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LABELS = 6  # marks that have words: more would run into each other on a phone
WORDS = 15  # what a month or a year takes of the width of a phone, in percent
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """When something goes on; one of the days may be missing, or both."""

    starts: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a span stands: `x` and `width`; `kind` is `bar`, `open` (no end is known) or `point` (no start is known)."""

    kind: str
    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Reach:
    """From the end of one action, at `x`, to the beginning of the one that comes after it, at `end`; `back`: it goes back in time."""

    x: str
    end: str
    back: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The first day of a month at `x`; `labelled` when it has words."""

    day: date
    x: str
    labelled: bool


class Scale:
    """Days along a line: whole months, from the first to the last day that is asked for."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first.replace(day=1)
        self.last = _month_after(max(first, last)) - ONE
        self.days = (self.last - self.first).days + 1

    @classmethod
    def around(cls, first: date, last: date, spans: Iterable[Span]) -> "Scale":
        """The scale of a period, made longer for the spans that go out of it, five years each way at most."""
        days = [day for span in spans for day in (span.starts, span.due) if day is not None]
        low, high = _years(first, -5), _years(last, 5)
        near = [min(max(day, low), high) for day in days]
        return cls(min([first, *near]), max([last, *near]))

    def at(self, day: date) -> float:
        """Where `day` begins, from 0 to 100; days out of the scale stand at its edge."""
        return min(max((day - self.first).days / self.days * 100, 0.0), 100.0)

    def bar(self, span: Span) -> Bar | None:
        """The bar of a span; None when no day is known. A day that is not reached by the scale is cut at its edge."""
        if span.due is None:
            if span.starts is None:
                return None
            return _bar("open", self.at(span.starts), 100.0)
        end = self.at(span.due + ONE) if span.due < date.max else 100.0
        if span.starts is None:
            return _bar("point", self.at(span.due), end)
        return _bar("bar", self.at(span.starts), end)

    def reach(self, ends: date | None, begins: date | None) -> Reach | None:
        """What is drawn from the end of an action to the beginning of one that comes after; None when a day is not known."""
        if ends is None or begins is None:
            return None
        here = self.at(ends + ONE) if ends < date.max else 100.0
        return Reach(_text(here), _text(self.at(begins)), begins <= ends)

    def today(self, day: date) -> str:
        """Where today stands; nothing when it is out of the scale."""
        return _text(self.at(day)) if self.first <= day <= self.last else ""

    def marks(self) -> list[Mark]:
        """The first days of the months, at most `LABELS` of them with words: those too near the end would be cut."""
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = _month_after(day)
        step = -(-len(found) // LABELS)
        places = [self.at(day) for day in found]
        return [
            Mark(day, _text(place), rank % step == 0 and place <= 100 - WORDS)
            for rank, (day, place) in enumerate(zip(found, places, strict=True))
        ]


def begins_too_early(starts: date | None, before_due: date | None) -> bool:
    """Whether something begins before what it comes after is over."""
    return starts is not None and before_due is not None and starts <= before_due


def _bar(kind: str, left: float, right: float) -> Bar:
    right = max(left, right)
    return Bar(kind, _text(left), f"{max(right - left, 0.0):.3f}%", _text((left + right) / 2))


def _text(place: float) -> str:
    return f"{place:.3f}%"


def _month_after(day: date) -> date:
    if (day.year, day.month) == (9999, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _years(day: date, years: int) -> date:
    year = min(max(day.year + years, 1), 9999)
    return date(year, day.month, min(day.day, 28))
