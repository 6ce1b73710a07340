"""Writing new entries: one from the form, many from an import."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, audit_many
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft, Problem
from maillage.journal.enums import MAX_REFERRALS
from maillage.journal.models import Entry
from maillage.journal.permissions import can_log, can_log_all, can_log_for
from maillage.journal.rows import insert
from maillage.journal.screening import screen
from maillage.journal.validation import validate_draft
from maillage.programs.models import Program

from .refusals import DraftRefused, DraftsRefused, IdentitySuspected


@transaction.atomic
def log_entry(
    *, actor: Any, program: Program, draft: EntryDraft, acknowledged: bool = False, context: DraftContext | None = None
) -> Entry:
    """Write one entry. A draft whose `uid` was already written gives that entry back: a save repeated is one save.

    `acknowledged` says that the person read the warning about identities in the note and saves nevertheless.
    Raises `NotAllowed`, `DraftRefused` or `IdentitySuspected`.
    """
    require(can_log(actor, program))
    context = context or DraftContext(program)
    if (known := _already_written(draft, program, actor)) is not None:
        return known
    if worker := context.team.get(draft.worker_id):
        require(can_log_for(actor, worker))
    if problems := validate_draft(draft, context):
        raise DraftRefused(problems)
    findings = screen(draft.note, lambda: context.known_places) if draft.note else []
    if findings and not acknowledged:
        raise IdentitySuspected(findings)
    try:
        with transaction.atomic():
            [entry] = insert([draft], context, actor)
    except IntegrityError:
        # The same save arrived twice at the same instant, and the other one was first.
        if (known := _already_written(draft, program, actor)) is not None:
            return known
        raise
    said = {"screening": sorted({finding.kind for finding in findings})} if findings else {}
    audit(actor=actor, verb="journal.log", obj=entry, changes=said)
    return entry


@transaction.atomic
def log_entries(
    *,
    actor: Any,
    program: Program,
    drafts: Sequence[EntryDraft],
    announce: bool = True,
    context: DraftContext | None = None,
) -> list[int]:
    """Write many entries, all or none, with few statements; give their numbers in the order of the drafts.

    The rules are those of the form (`validate_draft`); notes are not screened here: an importer shows what `screen`
    finds before it calls. `actor` is None for the product itself. Raises `NotAllowed` or `DraftsRefused`.
    """
    require(can_log_all(actor, program))
    context = context or DraftContext(program)
    context.targets.know(line for draft in drafts for line in draft.referrals[:MAX_REFERRALS])
    problems = [(place, p) for place, draft in enumerate(drafts) for p in validate_draft(draft, context)]
    problems += _already_imported(drafts, program)
    if problems:
        raise DraftsRefused(sorted(problems, key=lambda pair: pair[0]))
    entries = insert(drafts, context, actor, announce=announce)
    audit_many(actor=actor, verb="journal.import", objects=entries)
    return [entry.pk for entry in entries]


def _already_written(draft: EntryDraft, program: Program, actor: Any) -> Entry | None:
    if draft.uid is None:
        return None
    known = Entry.objects.filter(uid=draft.uid).select_related("worker").first()
    if known and (known.program_id != program.pk or known.created_by_id != getattr(actor, "pk", None)):
        raise Refused(_("Cette intervention existe déjà et a été inscrite par une autre personne."))
    return known


def _already_imported(drafts: Sequence[EntryDraft], program: Program) -> list[tuple[int, Problem]]:
    keys = [draft.import_key for draft in drafts if draft.import_key]
    if not keys:
        return []
    known = set(program.entries.exclude(import_key="").order_by().values_list("import_key", flat=True))
    found, seen = [], set()
    for place, draft in enumerate(drafts):
        if draft.import_key and (draft.import_key in known or draft.import_key in seen):
            found.append((place, Problem("import_key", _("Cette ligne a déjà été importée."))))
        seen.add(draft.import_key)
    return found
