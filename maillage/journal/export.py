"""The filtered list as a file: same entries, same order, all their columns; the note only where it may be read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from maillage.core.tabular import guard
from maillage.programs.enums import VocabularyKind
from maillage.territories.enums import Tenure

from .enums import ContactInitiative, ContactRank, LoopState, Nature
from .filters import JournalFilters
from .listing import terms_of
from .models import Referral
from .targets import service_name

CHUNK = 2000
FIELDS = (
    "id",
    "date",
    "worker_id",
    "site__name",
    "site__reference",
    "mrc__name",
    "tenure",
    "nature",
    "collective_kind_id",
    "contact_place_id",
    "contact_rank",
    "contact_initiative",
    "persons",
    "persons_referred",
    "participants",
    "participations",
    "tenant_body__name",
    "minutes",
    "note",
    "created_by_id",
)


def columns() -> list[str]:
    """Titles of the columns, in their order."""
    return [
        _("Date"),
        _("Intervenant·e"),
        _("Milieu"),
        _("Numéro au registre"),
        _("MRC"),
        _("Mode d'occupation"),
        _("Nature"),
        _("Actions"),
        _("Personnes rejointes"),
        _("Groupes rejoints"),
        _("Thèmes"),
        _("Durée en minutes"),
        _("Axes de service"),
        _("Lieu du contact"),
        _("Contact"),
        _("Initiative"),
        _("Petits succès"),
        _("Type d'action collective"),
        _("Participants distincts"),
        _("Participations"),
        _("Instance de locataires"),
        _("Personnes distinctes référées"),
        _("Références"),
        _("Note"),
    ]


def rows(filters: JournalFilters) -> Iterator[list[Any]]:
    """Rows of the file, read by portions: memory does not grow with their number."""
    found = filters.entries().values(*FIELDS).iterator(chunk_size=CHUNK)
    for portion in _portions(found):
        yield from _rows(portion, filters)


def workbook(filters: JournalFilters) -> Iterator[bytes]:
    """The rows as an XLSX file, by portions. It passes through the disk: a hundred thousand rows take little memory."""
    with TemporaryFile() as output:
        _write(filters, output)
        output.seek(0)
        while portion := output.read(1 << 16):
            yield portion


def _write(filters: JournalFilters, output: IO[bytes]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        page = book.add_worksheet("Journal")
        days, heads = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        page.set_column(0, len(columns()) - 1, 18)
        for column, title in enumerate(columns()):
            page.write_string(0, column, guard(title), heads)
        for line, row in enumerate(rows(filters), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        page.write_string(line, column, guard(value)[:32_000])
                elif isinstance(value, date):
                    page.write_datetime(line, column, datetime(value.year, value.month, value.day), days)
                elif value is not None:
                    page.write_number(line, column, value)


def _portions(found: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    portion: list[dict[str, Any]] = []
    for line in found:
        portion.append(line)
        if len(portion) == CHUNK:
            yield portion
            portion = []
    if portion:
        yield portion


def _rows(portion: list[dict[str, Any]], filters: JournalFilters) -> Iterator[list[Any]]:
    context = filters.context
    numbers = [line["id"] for line in portion]
    terms, referrals = terms_of(numbers, context), _referrals(numbers, filters)
    labels = {term.pk: term.label for term in context.terms.values()}
    choices = [dict(kind.choices) for kind in (Tenure, Nature, ContactRank, ContactInitiative)]
    tenures, natures, ranks, initiatives = ({code: str(label) for code, label in kind.items()} for kind in choices)
    for line in portion:
        chosen = terms.get(line["id"], {})
        worker = context.team.get(line["worker_id"])
        yield [
            line["date"],
            worker.label if worker else "",
            line["site__name"],
            line["site__reference"],
            line["mrc__name"],
            tenures.get(line["tenure"], line["tenure"]),
            natures.get(line["nature"], line["nature"]),
            _said(chosen, VocabularyKind.ACTION),
            line["persons"],
            _said(chosen, VocabularyKind.GROUP),
            _said(chosen, VocabularyKind.THEME),
            line["minutes"],
            _said(chosen, VocabularyKind.AXIS),
            labels.get(line["contact_place_id"], ""),
            ranks.get(line["contact_rank"], ""),
            initiatives.get(line["contact_initiative"], ""),
            _said(chosen, VocabularyKind.SUCCESS),
            labels.get(line["collective_kind_id"], ""),
            line["participants"],
            line["participations"],
            line["tenant_body__name"],
            line["persons_referred"],
            referrals.get(line["id"], ""),
            _note(line, filters),
        ]


def _said(chosen: dict[str, list[Any]], kind: str) -> str:
    return "; ".join(term.label for term in chosen.get(kind, ()))


def _note(line: dict[str, Any], filters: JournalFilters) -> str:
    reads = line["note"] and filters.reads_note(line["worker_id"], line["created_by_id"])
    return line["note"] if reads else ""


def _referrals(numbers: list[int], filters: JournalFilters) -> dict[int, str]:
    labels = {term.pk: term.label for term in filters.context.terms.values()}
    found: dict[int, list[str]] = {}
    lines = Referral.objects.filter(entry__in=numbers).order_by("id")
    states = {code: str(label) for code, label in LoopState.choices}
    for entry, destination, service, organization, need, kind, persons, state in lines.values_list(
        *("entry_id", "destination_id", "service__name", "organization__name", "need_id", "kind_id", "persons", "state")
    ):
        target = service_name(service, organization) if service else organization
        parts = [labels.get(destination, ""), target, labels.get(need, ""), labels.get(kind, ""), f"× {persons}"]
        parts += [states[state]] if state != LoopState.GIVEN else []
        found.setdefault(entry, []).append(", ".join(part for part in parts if part))
    return {entry: "; ".join(texts) for entry, texts in found.items()}
