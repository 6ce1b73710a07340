"""The history of an entry: who wrote, changed, deleted or brought it back, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from maillage.core.models import AuditEvent

from .context import DraftContext
from .drafts import EntryDraft, draft_of
from .models import Entry
from .wording import Change, changes_between

VERBS: dict[str, Any] = {
    "journal.log": _("Inscrite"),
    "journal.import": _("Importée"),
    "journal.edit": _("Corrigée"),
    "journal.delete": _("Supprimée"),
    "journal.restore": _("Rétablie"),
    "journal.forget_note": _("Note effacée de l'historique"),
    "journal.sibling_kept": _("Versions conciliées (la version inscrite est gardée)"),
    "journal.sibling_taken": _("Versions conciliées (l'autre version est prise)"),
    "journal.sibling_merged": _("Versions conciliées (réunies)"),
    "journal.operation_accepted": _("Envoi d'un appareil réglé"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `device` is the one it came from, when it was written without network."""

    at: datetime
    who: str
    what: Any
    changes: Sequence[Change] = field(default=())
    screened: bool = False
    device: str = ""


def history_of(entry: Entry, context: DraftContext, with_note: bool) -> list[Event]:
    """Events of `entry`, the newest first. What a correction changed is read from the versions that were replaced; what
    a settled version said and the entry does not, from that version."""
    lines = AuditEvent.objects.filter(object_type=entry._meta.label_lower, object_id=entry.pk).order_by("-id")
    versions = [EntryDraft.from_json(kept.content) for kept in entry.revisions.order_by("-revision")]
    others = _settled(entry, lines)
    found, after, place = [], draft_of(entry), 0
    for line in lines:
        changes: Sequence[Change] = ()
        if line.verb in ("journal.edit", "journal.delete") and place < len(versions):
            if line.verb == "journal.edit":
                changes = changes_between(versions[place], after, context, with_note)
            after, place = versions[place], place + 1
        elif other := others.get(line.changes.get("sibling", "")):
            mrc = after.mrc_id if other.site_id else other.mrc_id
            written = other.with_(mrc_id=mrc, persons_referred=other.distinct_referred)
            changes = changes_between(written, after, context, with_note)
        what, device = VERBS.get(line.verb, line.verb), str(line.changes.get("device", ""))
        found.append(Event(line.at, line.actor_label, what, changes, "screening" in line.changes, device))
    return found


def _settled(entry: Entry, lines: Iterable[AuditEvent]) -> dict[str, EntryDraft]:
    """What the versions said that were settled beside the entry, by identifier."""
    if not any(line.verb.startswith("journal.sibling_") for line in lines):
        return {}
    kept = entry.siblings.exclude(settled_at=None).order_by("id")
    return {str(sibling.uid): EntryDraft.from_json(sibling.content) for sibling in kept if sibling.content}
