"""How figures moved since another portrait, code by code."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import number, percent

from .portrait import Portrait, Table


@dataclass(frozen=True, slots=True)
class Trend:
    """A movement: its words, and whether it goes up (1), down (-1) or stays (0)."""

    text: str
    way: int


def of_shares(now: float | None, before: float | None, language: str) -> Trend | None:
    """In points of percentage; None where one of the two is unknown."""
    if now is None or before is None:
        return None
    points = round((now - before) * 100)
    if points == 0:
        return Trend(_("stable"), 0)
    text = ngettext("%(sign)s%(points)s point", "%(sign)s%(points)s points", abs(points)) % {
        "sign": "+" if points > 0 else "−",
        "points": number(abs(points), 0, language),
    }
    return Trend(text, 1 if points > 0 else -1)


def of_counts(now: float | None, before: float | None, language: str) -> Trend | None:
    """As a percentage of what was; None where one is unknown or there was nothing."""
    if now is None or not before:
        return None
    change = now / before - 1
    if round(change * 100) == 0:
        return Trend(_("stable"), 0)
    return Trend(f"{'+' if change > 0 else '−'}{percent(abs(change), 0, language)}", 1 if change > 0 else -1)


def trends(table: Table, previous: Portrait | None, language: str) -> dict[str, Trend]:
    """Movements of the lines of `table` by code; empty where there is nothing to compare with."""
    if previous is None or table.columns or table.id == "monthly":
        return {}
    try:
        before = {row.code: row for row in previous.table(table.id).rows}
    except KeyError:
        return {}
    found = {}
    for row in table.rows:
        if row.code not in before:
            continue
        old = before[row.code]
        trend = (
            of_shares(row.share, old.share, language)
            if row.share is not None
            else of_counts(row.count, old.count, language)
        )
        if trend:
            found[row.code] = trend
    return found
