"""Rows and totals of the list: plain values, read with a number of queries that does not depend on their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext

from maillage.core import typography
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Term

from .context import DraftContext
from .enums import Nature
from .filters import SORTS, JournalFilters
from .models import Entry, EntryTerm

PER_PAGE = 25
NO_UID = UUID(int=0)
COLUMNS = (
    "id",
    "uid",
    "date",
    "nature",
    "worker_id",
    "site_id",
    "site__name",
    "mrc__name",
    "persons",
    "persons_referred",
    "minutes",
    "created_by_id",
    "note",
)


@dataclass(slots=True)
class EntryRow:
    """An entry as the list shows it. `note` is empty when the person does not read it."""

    id: int
    uid: UUID
    date: date
    nature: str
    worker: str
    place: str
    persons: int
    note: str
    day: str = ""
    figures: str = ""
    address: str = ""
    terms: dict[str, list[Term]] = field(default_factory=dict)

    @property
    def is_collective(self) -> bool:
        """Whether the entry supports a collective action."""
        return self.nature == Nature.COLLECTIVE

    @property
    def actions(self) -> str:
        """The actions of the entry, each after a dot."""
        return "".join(f" · {term.label}" for term in self.terms.get(VocabularyKind.ACTION, ()))

    @property
    def themes(self) -> str:
        """The themes of the entry, in a line."""
        return ", ".join(term.label for term in self.terms.get(VocabularyKind.THEME, ()))


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of the filtered entries: entries, persons reached, minutes; persons referred and referrals when the filters
    ask about them, as a portrait counts them."""

    entries: int
    persons: int
    minutes: int
    referred: int | None = None
    referrals: int | None = None


class CountedPaginator(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, per_page: int, length: int) -> None:
        super().__init__(rows, per_page)
        self.length = length

    @cached_property
    def count(self) -> int:
        """The length, without another query."""
        return self.length


def totals_of(filters: JournalFilters) -> Totals:
    """Totals of the entries that the filters keep (one query)."""
    entries = filters.entries().order_by()
    sums = {"n": Count("id"), "p": Sum("persons"), "m": Sum("minutes")}
    if filters.asks_referred:
        sums["referred"] = Sum("persons_referred")
    if filters.referrals is not None:
        each = filters.referrals.filter(entry=OuterRef("pk")).values("entry").annotate(n=Count("id")).values("n")
        entries, sums["referrals"] = entries.annotate(_referrals=Subquery(each)), Sum("_referrals")
    found = {name: value or 0 for name, value in entries.aggregate(**sums).items()}
    return Totals(found["n"], found["p"], found["m"], found.get("referred"), found.get("referrals"))


def page_of(filters: JournalFilters, totals: Totals, number: Any) -> Page:
    """The rows of one page (two queries); a number beyond the last page gives the last."""
    paginator = CountedPaginator(filters.entries(), PER_PAGE, totals.entries)
    page = paginator.get_page(number)
    # The page is chosen by numbers alone: pages that are skipped are not read whole.
    chosen = Entry.objects.filter(pk__in=page.object_list.values("pk"))
    page.object_list = chosen.values(*COLUMNS).order_by(*SORTS[filters.sort][1])
    page.object_list = rows_of(list(page.object_list), filters)
    return page


def rows_of(found: Sequence[dict[str, Any]], filters: JournalFilters) -> list[EntryRow]:
    """Rows made of `values(*COLUMNS)`, with their codes (one query)."""
    terms = terms_of([line["id"] for line in found], filters.context)
    days = {day: formats.date_format(day, "DATE_FORMAT") for day in {line["date"] for line in found}}
    language = get_language() or "fr"
    address = reverse("journal:entry", kwargs={"uid": NO_UID})
    rows = []
    for line in found:
        worker = filters.context.team.get(line["worker_id"])
        reads = bool(line["note"]) and filters.reads_note(line["worker_id"], line["created_by_id"])
        rows.append(
            EntryRow(
                id=line["id"],
                uid=line["uid"],
                date=line["date"],
                nature=line["nature"],
                worker=worker.label if worker else "",
                place=line["site__name"] or line["mrc__name"],
                persons=line["persons"],
                note=line["note"] if reads else "",
                day=days[line["date"]],
                figures=_figures(line, language),
                address=address.replace(str(NO_UID), str(line["uid"])),
                terms=terms.get(line["id"], {}),
            )
        )
    return rows


def _figures(line: dict[str, Any], language: str) -> str:
    """Counts of a row in words: joined here because a template does it ten times slower."""
    persons, referred = line["persons"], line["persons_referred"]
    parts = [ngettext("%s personne", "%s personnes", persons) % typography.number(persons, 0, language)]
    if referred:
        parts.append(ngettext("%s référée", "%s référées", referred) % typography.number(referred, 0, language))
    if line["minutes"] is not None:
        parts.append(typography.hours(line["minutes"], language))
    return " · ".join(parts)


def terms_of(numbers: Iterable[int], context: DraftContext) -> dict[int, dict[str, list[Term]]]:
    """Codes of entries, by entry and vocabulary, in the order of the vocabulary (one query)."""
    by_number = {term.pk: term for term in context.terms.values()}
    found: dict[int, dict[str, list[Term]]] = {}
    links = EntryTerm.objects.filter(entry__in=list(numbers)).order_by().values_list("entry_id", "term_id")
    for entry, number in links:
        if term := by_number.get(number):
            found.setdefault(entry, {}).setdefault(term.vocabulary, []).append(term)
    for vocabularies in found.values():
        for terms in vocabularies.values():
            terms.sort(key=lambda term: (term.position, term.pk))
    return found
