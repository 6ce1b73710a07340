"""The plain part of OpenStreetMap's `opening_hours`: days and hours of a week. Public holidays are not said; the rest is words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from maillage.directory.enums import Frequency
from maillage.directory.sheets import HoursLine

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(
    r"(?:(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) )?(?P<hours>\d{2}:\d{2}-\d{2}:\d{2}(?:, ?\d{2}:\d{2}-\d{2}:\d{2})*)"
)
_IGNORED = re.compile(r"(?:PH|SH)(?: ?off| ?closed)?", re.I)


def schedules(said: str) -> list[dict[str, Any]]:
    """Schedules of HSDS; one of words only when a part is beyond days and hours."""
    if said.strip() == "24/7":
        said = "Mo-Su 00:00-24:00"
    found = []
    for part in said.split(";"):
        rule = _RULE.fullmatch(part.strip())
        if rule is None:
            if part.strip() and not _IGNORED.fullmatch(part.strip()):
                return [{"description": said.strip()}]
            continue
        days = ",".join(day.upper() for day in _days(rule["days"] or "Mo-Su"))
        for span in rule["hours"].split(","):
            opens, closes = span.strip().split("-")
            found.append({"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes})
    return found


def _days(said: str) -> list[str]:
    found = []
    for part in said.split(","):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [DAYS[at % 7] for at in range(start, end + 1 if end >= start else end + 8)]
    return sorted(set(found), key=DAYS.index)


def written(lines: Iterable[HoursLine]) -> str:
    """The weekly hours of a sheet in that form; "" when some are not weekly."""
    by_days: dict[str, list[str]] = {}
    for line in lines:
        plain = (
            line.frequency == Frequency.WEEKLY
            and line.interval == 1
            and not (line.count or line.until or line.valid_to)
        )
        codes = line.byday.split(",")
        if (
            not plain
            or line.opens_at is None
            or line.closes_at is None
            or not all(code.title() in DAYS for code in codes)
        ):
            return ""
        closes = "24:00" if line.closes_at.strftime("%H:%M") == "23:59" else line.closes_at.strftime("%H:%M")
        span = f"{line.opens_at:%H:%M}-{closes}"
        by_days.setdefault(_span(sorted({code.title() for code in codes}, key=DAYS.index)), []).append(span)
    return "; ".join(f"{days} {','.join(spans)}" for days, spans in by_days.items())


def _span(days: list[str]) -> str:
    ranks = [DAYS.index(day) for day in days]
    if len(ranks) > 2 and ranks == list(range(ranks[0], ranks[-1] + 1)):
        return f"{days[0]}-{days[-1]}"
    return ",".join(days)


def same(said: str, lines: Iterable[HoursLine]) -> bool:
    """Whether words of a file still say what a sheet says."""
    return [_plain(one) for one in schedules(said)] == [
        (line.byday, line.opens_at.strftime("%H:%M") if line.opens_at else "", _closing(line), line.description)
        for line in lines
    ]


def _plain(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    closes = one.get("closes_at", "")
    return (
        one.get("byday", ""),
        one.get("opens_at", ""),
        "23:59" if closes == "24:00" else closes,
        one.get("description", ""),
    )


def _closing(line: HoursLine) -> str:
    return line.closes_at.strftime("%H:%M") if line.closes_at else ""
