"""How an attacker reads a published portrait: the figures that it prints, and what the plan of its tables says of them.

Written from the public pages and the words of the tables alone; nothing of the product's own list of relations is used.
A figure is named by its period (months), its area ("" for the whole territory) and what it counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from .arms import Name, Notebook

# Out of what each table is (all the others are out of all entries): the same figure under several headings.
OUT_OF: dict[str, Any] = {
    "referral_destination": "referrals",
    "referral_kind": "referrals",
    "referral_need_health": ("referral_destination", "health"),
    "referral_need_community": ("referral_destination", "community"),
    "collective_kind": ("nature", "collective"),
    "participations": "participations",
    "contact_rank": "contacts",
    "persons_referred": "persons",
}
UNPROTECTED = ("coverage", "coverage_tenure", "hours_by_role", "logged_hours_by_role")
Months = frozenset[str]
Plain = Mapping[str, Any]  # a portrait as its file gives it


def months(start: str, end: str) -> Months:
    """The months « 2014-03 » from one day to another."""
    first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (start, end))
    return frozenset(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))


def read(notes: Notebook, portrait: Plain) -> None:
    """Writes down the figures of a portrait and what its tables say."""
    period, area = months(portrait["start"], portrait["end"]), portrait["territory"]
    for table in portrait["tables"]:
        if table["id"] not in UNPROTECTED:
            _table(notes, table, period, area)


def _table(notes: Notebook, table: Plain, period: Months, area: str) -> None:
    id, rows = table["id"], table["rows"]
    total: Name = (period, area, OUT_OF.get(id, "entries"))
    notes.read(total, table["denominator"])
    if id == "axes_crossing":
        _crossing(notes, table, period, area)
        return
    names = [_row(id, row["code"], period, area) for row in rows]
    for name, row in zip(names, rows, strict=True):
        notes.read(name, row["count"])
    roots = [name for name, row in zip(names, rows, strict=True) if not row["depth"]]
    parts: dict[Name, list[Name]] = {}
    for name, row in zip(names, rows, strict=True):
        if not row["depth"]:
            parts[name] = []
        elif parts:
            parts[list(parts)[-1]].append(name)
    if not table["multiple"]:
        notes.sum(total, roots)
        for root, inside in parts.items():
            notes.sum(root, inside, equal=False)
        return
    for root, inside in parts.items():
        notes.sum(total, [root], equal=False)
        for part in inside:
            notes.sum(root, [part], equal=False)


def _row(table: str, code: str, period: Months, area: str) -> Name:
    if table == "monthly":
        return frozenset({code}), area, "entries"
    if table == "territory":
        return period, code, "entries"
    return period, area, (table, code)


def _crossing(notes: Notebook, table: Plain, period: Months, area: str) -> None:
    """Each entry bears one combination of axes: rows, pairs and the total are sums of combinations."""
    axes = [row["code"] for row in table["rows"]]
    for row in table["rows"]:
        notes.read((period, area, ("axes", row["code"])), row["count"])
        for column, count in zip(table["columns"], row["counts"], strict=True):
            notes.read(_pair(period, area, row["code"], column["code"]), count)
    chosen = [frozenset(some) for size in range(len(axes) + 1) for some in combinations(axes, size)]
    notes.sum((period, area, "entries"), [(period, area, ("only", some)) for some in chosen])
    for wanted in [some for some in chosen if len(some) in (1, 2)]:
        codes = sorted(wanted)
        whole = _pair(period, area, codes[0], codes[-1])
        notes.sum(whole, [(period, area, ("only", some)) for some in chosen if wanted <= some])


def _pair(period: Months, area: str, one: str, other: str) -> Name:
    return (period, area, ("axes", one)) if one == other else (period, area, ("axes", *sorted((one, other))))


def put_together(notes: Notebook, portraits: Sequence[Plain]) -> None:
    """What portraits say of each other: areas that make up the whole, periods that make up longer ones."""
    areas = sorted({portrait["territory"] for portrait in portraits} - {""})
    counted = {what for _, _, what in notes.figures}  # type: ignore[misc]
    periods = list(dict.fromkeys(months(portrait["start"], portrait["end"]) for portrait in portraits))
    pieces = _pieces(periods)
    for period in {*periods, *pieces}:
        for what in sorted(counted, key=str):
            _add_up(notes, (period, "", what), [(period, area, what) for area in areas])
    for period in periods:
        if period not in pieces:
            inside = [piece for piece in pieces if piece <= period]
            for area in ("", *areas):
                for what in sorted(counted, key=str):
                    _add_up(notes, (period, area, what), [(piece, area, what) for piece in inside])
        for area in ("", *areas):  # the table of months
            _add_up(notes, (period, area, "entries"), [(frozenset({m}), area, "entries") for m in sorted(period)])


def _add_up(notes: Notebook, whole: Name, parts: list[Name]) -> None:
    if parts and parts != [whole]:
        notes.sum(whole, parts)


def _pieces(periods: Iterable[Months]) -> list[Months]:
    """The finest pieces into which periods cut each other."""
    held = list(periods)
    marks: dict[tuple[bool, ...], set[str]] = {}
    for month in sorted({month for period in held for month in period}):
        marks.setdefault(tuple(month in period for period in held), set()).add(month)
    return [frozenset(found) for found in marks.values()]


def notebook(portraits: Sequence[Plain]) -> Notebook:
    """All that a set of published portraits says."""
    notes = Notebook()
    for portrait in portraits:
        read(notes, portrait)
    put_together(notes, portraits)
    return notes


def printed(portraits: Sequence[Plain]) -> dict[Name, float | None]:
    """The figures that portraits print, under the attacker's names."""
    notes = Notebook()
    for portrait in portraits:
        read(notes, portrait)
    return {name: figure for name, figure in notes.figures.items() if name[2][0] != "only"}  # type: ignore[index]
