"""Reads the pieces of a file of services, and compares them with the directory."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.core.imports import Examiner, Line, Problem
from maillage.core.services import Outcome
from maillage.core.tabular import Table
from maillage.directory.checking import Book, organization_problems_of, problems_of
from maillage.directory.enums import ServiceStatus
from maillage.directory.exchange.comparing import (
    Known,
    Namesakes,
    is_same_organization,
    look_up,
    own_lines,
    with_what_stays,
)
from maillage.directory.exchange.drafts import Record
from maillage.directory.exchange.glossary import Glossary
from maillage.directory.exchange.hsds.reading import HsdsReader
from maillage.directory.exchange.loading import Piece
from maillage.directory.models import Organization, Service, Source
from maillage.directory.services import mark_gone, note_import, save_source, write_sheets, write_terms
from maillage.directory.sheets import OrganizationSheet, ServiceSheet

AT_ONCE = 500  # services of one write


class ServiceExaminer(Examiner):
    """Reads each piece of the file, then compares them all with the directory."""

    def __init__(self, actor: Any, slug: str, is_whole: bool, table: Table) -> None:
        super().__init__()
        self.actor, self.slug = actor, slug
        self.source = Source.objects.filter(slug=slug).first() if slug else None
        self.is_whole = bool(slug) and is_whole
        self.glossary = Glossary(slug)
        self.reader = HsdsReader(self.glossary)
        for row in table.rows():
            self.reader.note(row.cells[0].table, row.cells[0].raw)
        self.owners: dict[UUID, OrganizationSheet] = {}
        self.instead: dict[UUID, UUID] = {}
        self.known = Known()
        self.sent: set[UUID] = set()
        self.gone: list[UUID] = []
        self.left: list[UUID] = []

    def examine(self, line: Line) -> None:
        """Read one piece; what it changes is known when all are read."""
        piece: Piece = line.values["record"]
        record = self.reader.record(line.number, piece.table, piece.raw)
        line.draft, line.title = record, record.title or _("Fiche sans nom")
        for where, sentence in record.problems:
            line.problems.append(Problem(where, sentence))
        line.remarks += [f"{where} : {sentence}" if where else sentence for where, sentence in record.remarks]
        if record.organization is not None and record.organization.uid and record.organization.name:
            self.owners.setdefault(record.organization.uid, record.organization)
        if record.service is not None and record.service.uid:
            self.sent.add(record.service.uid)

    def finish(self, lines: Sequence[Line]) -> None:
        """Compare with the directory: what is new, changed, refused; what the source no longer sends."""
        self._once(lines)
        self._namesakes()
        good = [line for line in lines if not line.problems and line.draft is not None]
        self.known = look_up([line.draft.service for line in good if line.draft.service], self.owners.values())
        self._settle_owners()
        book = Book()
        coming = set(self.owners) | set(self.instead.values())
        waiting = dict(self.owners)
        for line in good:
            self._settle(line, book, coming, waiting)
        self._missing()
        held = [line for line in good if line.draft is not None and not line.problems]
        if self.gone and held and all(line.outcome is Outcome.UNCHANGED for line in held):
            # A file that only takes services away is one to write: the page offers it for a line that changes.
            held[0].outcome = Outcome.CHANGED

    def _once(self, lines: Sequence[Line]) -> None:
        """The same number twice: said twice, or refused when it says something else."""
        seen: dict[UUID, Line] = {}
        for line in lines:
            record: Record | None = line.draft
            if record is None or record.service is None or line.problems or record.service.uid is None:
                continue
            first = seen.setdefault(record.service.uid, line)
            if first is line:
                continue
            if first.draft.service == record.service:
                line.remarks.append(_("Répète la ligne {n}.").format(n=first.number))
                line.outcome, line.draft = Outcome.UNCHANGED, None
            else:
                said = _("Le numéro « {key} » est aussi celui de « {title} » (ligne {n}), qui dit autre chose.")
                line.problems.append(Problem("id", said.format(key=record.key[:60], title=first.title, n=first.number)))

    def _namesakes(self) -> None:
        """Organizations of the file that the directory holds under another number are those of the directory."""
        if not self.owners:
            return
        book = Namesakes()
        there = set(Organization.objects.order_by().values_list("uid", flat=True))
        for uid, sheet in list(self.owners.items()):
            if uid not in there and (same := book.find(sheet)) is not None:
                self.instead[uid] = same
                del self.owners[uid]
        if self.instead:
            self.also[_("organisations déjà au répertoire, reconnues par leur nom ou leur numéro")] = len(self.instead)

    def _settle_owners(self) -> None:
        """What is written of each organization; those that others keep are left as they are."""
        numbers = set(self.owners) | set(self.known.organizations)
        for uid, sheet in list(self.owners.items()):
            row = self.known.organizations.get(uid)
            if row is not None and self._is_others(row):
                del self.owners[uid]
                self.also[_("organisations tenues par d'autres, laissées telles quelles")] += 1
                continue
            parent = self.instead.get(sheet.parent, sheet.parent) if sheet.parent else None
            if parent is not None and parent not in numbers and not Organization.objects.filter(uid=parent).exists():
                sheet = replace(sheet, beyond={**sheet.beyond, "parent_organization_id": str(parent)})
                parent = None
            sheet = own_lines(replace(sheet, parent=parent), self.known)
            old = self.known.organization_sheets.get(uid)
            if old is not None and row is not None and row.gone_on is None and is_same_organization(sheet, old):
                del self.owners[uid]
            else:
                self.owners[uid] = sheet

    def _is_others(self, row: Service | Organization) -> bool:
        """Whether a sheet is kept here or by another partner: the file of this one does not change it."""
        return bool(self.slug) and (self.source is None or row.source_id != self.source.pk)

    def _settle(self, line: Line, book: Book, coming: set[UUID], waiting: dict[UUID, OrganizationSheet]) -> None:
        record: Record = line.draft
        if record is None:
            return
        owner = record.organization.uid if record.organization else None
        brings = owner in self.owners and owner in waiting
        line.outcome = Outcome.UNCHANGED
        if record.service is not None:
            self._settle_service(line, record, book, coming)
        if brings and owner is not None and not line.problems:
            self._check_owner(line, self.owners[owner], book, coming)
            del waiting[owner]
            if line.outcome is Outcome.UNCHANGED:
                line.outcome = Outcome.CHANGED if owner in self.known.organizations else Outcome.NEW
            record.organization = self.owners[owner]
        else:
            record.organization = None

    def _check_owner(self, line: Line, sheet: OrganizationSheet, book: Book, coming: set[UUID]) -> None:
        for where, sentences in organization_problems_of(sheet, book, coming).items():
            line.problems += [Problem(f"organization.{where}", sentence) for sentence in sentences]

    def _settle_service(self, line: Line, record: Record, book: Book, coming: set[UUID]) -> None:
        assert record.service is not None
        sheet = record.service
        sheet = replace(sheet, organization=self.instead.get(sheet.organization, sheet.organization))
        row = self.known.services.get(sheet.uid) if sheet.uid else None
        old = self.known.service_sheets.get(sheet.uid) if sheet.uid else None
        if row is not None and (row.merged_into_id or self._is_others(row)):
            said = (
                _("Cette fiche est fusionnée avec « {name} » : laissée telle quelle.").format(name=row.merged_into)
                if row.merged_into_id
                else _("Cette fiche est tenue par d'autres que cette source : laissée telle quelle.")
            )
            line.remarks.append(said)
            record.service = None
            return
        sheet = own_lines(with_what_stays(sheet, old, self.source), self.known)
        self._check(line, sheet, book, coming)
        record.service = sheet
        if row is None:
            line.outcome = Outcome.NEW
        elif sheet != old or row.gone_on is not None:
            line.outcome = Outcome.CHANGED
            if row.gone_on is not None:
                line.remarks.append(_("La source l'envoie de nouveau : la fiche revient."))
        else:
            record.service = None

    def _check(self, line: Line, sheet: ServiceSheet, book: Book, coming: set[UUID]) -> None:
        """What stands against writing; terms that come with the file are known."""
        coming_terms = {(draft.taxonomy, draft.code) for draft in self.glossary.drafts.values()}
        tested = replace(sheet, terms=tuple(t for t in sheet.terms if (t.taxonomy, t.code) not in coming_terms))
        for where, sentences in problems_of(tested, book).items():
            if where != "organization" or sheet.organization not in coming:
                line.problems += [Problem(where, sentence) for sentence in sentences]

    def _missing(self) -> None:
        """What the source sent before, and no longer does."""
        if not (self.is_whole and self.source):
            return
        offered = Service.objects.filter(source=self.source, gone_on=None, merged_into=None)
        offered = offered.exclude(status__in=(ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT))
        before = set(offered.order_by().values_list("uid", flat=True))
        self.gone = sorted(before - self.sent)
        named = {self.instead.get(uid, uid) for uid in self.owners} | set(self.known.organizations)
        theirs = Organization.objects.filter(source=self.source, gone_on=None).order_by()
        self.left = sorted(set(theirs.values_list("uid", flat=True)) - named)
        if self.gone:
            self.also[_("services que la source n'envoie plus, rendus inactifs")] = len(self.gone)
            if len(self.gone) > max(10, len(before) // 2):
                self.notes.append(
                    _(
                        "Attention : {n} des {all} services de cette source ne sont plus dans le fichier. Si le fichier n'est "
                        "qu'une partie, choisissez l'étendue « Une partie seulement »."
                    ).format(n=len(self.gone), all=len(before))
                )

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Write the source, the terms, then the sheets, a few hundred at a time."""
        source = save_source(actor=self.actor, slug=self.slug).obj if self.slug else None
        write_terms(actor=self.actor, drafts=self.glossary.drafts.values(), source=source)
        records = [line.draft for line in lines if line.draft is not None]
        owners = [record.organization for record in records if record.organization is not None]
        pairs = [(self.known.organizations.get(sheet.uid), sheet) for sheet in owners if sheet.uid]
        write_sheets(actor=self.actor, organizations=pairs, source=source)
        services = [record.service for record in records if record.service is not None]
        for start in range(0, len(services), AT_ONCE):
            part = services[start : start + AT_ONCE]
            given = [(self.known.services.get(sheet.uid), sheet) for sheet in part if sheet.uid]
            write_sheets(actor=self.actor, services=given, source=source)
            tick(min(start + AT_ONCE, len(services)), len(services))
        if source is not None:
            mark_gone(actor=self.actor, source=source, services=self.gone, organizations=self.left)
            note_import(actor=self.actor, source=source)
