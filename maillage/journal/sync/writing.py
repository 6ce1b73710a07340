"""Entries that a batch changed in memory, written with few statements: rows, codes, referrals, history, audit, changes."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from maillage.core.changes import announce
from maillage.core.services import audit_each
from maillage.journal.context import DraftContext
from maillage.journal.drafts import EntryDraft
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryRevision, EntryTerm
from maillage.journal.referral_rows import rewrite_referrals, write_new
from maillage.journal.rows import say, write_terms

from .authorship import Desk
from .inserting import insert_new
from .standing import Standing


class Raced(Exception):
    """Somebody else wrote between our reading and our writing: the batch is to be played again."""


def write(standings: Sequence[Standing], desks: dict[int, Desk], actor: Any) -> None:
    """Write these entries as they stand. Raises `Raced`."""
    if not standings:
        return
    now = timezone.now()
    new = [standing for standing in standings if standing.is_new]
    old = [standing for standing in standings if not standing.is_new]
    for standing in standings:
        _fill(standing, desks[standing.program_id], actor, now)
    if len(insert_new([standing.entry for standing in new])) < len(new):
        raise Raced
    kept = [standing for standing in old if not standing.deleted]  # a deleted one keeps its links with its trace
    rewrite_referrals(_said(kept, desks), actor)
    for standing in old:
        standing.entry.save()
    EntryTerm.objects.filter(entry__in=[standing.entry.pk for standing in kept]).delete()
    write_terms(_said([*new, *kept], desks))
    write_new(_said(new, desks))
    _write_history(standings, actor)
    announce(STREAM, [standing.entry.pk for standing in standings])


def _fill(standing: Standing, desk: Desk, actor: Any, now: Any) -> None:
    entry = standing.entry
    if entry is None:
        entry = standing.entry = Entry(uid=standing.uid, program=desk.program, created_by_id=actor.pk)
        say(entry, standing.draft, desk.context)
    elif standing.deleted:
        entry.note = entry.search = entry.note_search = ""
    else:
        say(entry, standing.draft, desk.context, stays=entry.site_id)
    entry.revision = standing.revision
    if standing.deleted:
        entry.deleted_at = now
        entry.note = entry.search = entry.note_search = ""


def _said(standings: Sequence[Standing], desks: dict[int, Desk]) -> list[tuple[Entry, EntryDraft, DraftContext]]:
    return [(standing.entry, standing.draft, desks[standing.program_id].context) for standing in standings]


def _write_history(standings: Sequence[Standing], actor: Any) -> None:
    versions: list[EntryRevision] = []
    for standing in standings:
        versions += [
            EntryRevision(
                entry=standing.entry,
                revision=revision,
                replaced_by_id=actor.pk,
                replaced_by_label=str(actor)[:200],
                content=standing.versions[revision].as_json(),
            )
            for revision in standing.replaced
        ]
    EntryRevision.objects.bulk_create(versions)
    audit_each(
        actor=actor,
        said=((said.verb, standing.entry, said.changes) for standing in standings for said in standing.said),
    )
