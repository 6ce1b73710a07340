"""The numbers that open a portrait."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillage.core.typography import percent

from .comparison import Trend, of_counts, of_shares
from .hidden import HIDDEN
from .links import JournalLinks
from .portrait import Portrait, Table
from .sentences import amount


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that opens the portrait."""

    text: str
    label: str
    detail: str = ""
    href: str = ""
    trend: Trend | None = None

    @property
    def hidden(self) -> bool:
        """Whether it is not shown."""
        return self.text == HIDDEN


def key_figures(
    portrait: Portrait, language: str, links: JournalLinks | None = None, previous: Portrait | None = None
) -> list[KeyFigure]:
    """The numbers that open the portrait: entries, persons, referrals, coverage, hours."""
    found = [
        KeyFigure(
            amount(portrait.entries, language),
            _("Interventions inscrites"),
            href=links.with_filters() if links and portrait.entries else "",
            trend=of_counts(portrait.entries, previous.entries, language) if previous else None,
        )
    ]
    now, before = _tables(portrait), _tables(previous) if previous else {}
    if persons := now.get("persons_referred"):
        old = before.get("persons_referred")
        found.append(
            KeyFigure(
                amount(persons.denominator, language),
                _("Personnes rencontrées individuellement"),
                trend=of_counts(persons.denominator, old.denominator, language) if old else None,
            )
        )
        found += _share(persons, old, _("Personnes référées"), language, links)
    if referrals := now.get("referral_destination"):
        found.append(KeyFigure(amount(referrals.denominator, language), _("Références vers une ressource")))
    if coverage := now.get("coverage"):
        found += _share(coverage, before.get("coverage"), _("Parc visé qui est desservi"), language, None)
    if hours := now.get("hours_by_role"):
        found.append(KeyFigure(_hours(hours.denominator, language), _("Soutien par semaine")))
    return found


def _hours(hours: float | None, language: str) -> str:
    return HIDDEN if hours is None else f"{amount(hours, language)}\u00a0h"


def _tables(portrait: Portrait) -> dict[str, Table]:
    return {table.id: table for table in portrait.tables}


def _share(
    table: Table, old: Table | None, label: str, language: str, links: JournalLinks | None
) -> Sequence[KeyFigure]:
    if not table.rows or table.rows[0].share is None or table.denominator is None:
        return []
    row = table.rows[0]
    detail = _("%(count)s sur %(all)s") % {
        "count": amount(row.count, language),
        "all": amount(table.denominator, language),
    }
    trend = of_shares(row.share, old.rows[0].share, language) if old and old.rows else None
    href = links.link(table.id, row.code) if links and row.count else ""
    return [KeyFigure(percent(row.share, 0, language), label, detail, href, trend)]
