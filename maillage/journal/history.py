"""The history of an entry: who wrote, changed, deleted or brought it back, and what changed."""

from collections.abc import Sequence
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
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    who: str
    what: Any
    changes: Sequence[Change] = field(default=())
    screened: bool = False


def history_of(entry: Entry, context: DraftContext, with_note: bool) -> list[Event]:
    """Events of `entry`, the newest first. What a correction changed is read from the versions that were replaced."""
    lines = AuditEvent.objects.filter(object_type=entry._meta.label_lower, object_id=entry.pk).order_by("-id")
    versions = [EntryDraft.from_json(kept.content) for kept in entry.revisions.order_by("-revision")]
    found, after, place = [], draft_of(entry), 0
    for line in lines:
        changes: Sequence[Change] = ()
        if line.verb in ("journal.edit", "journal.delete") and place < len(versions):
            if line.verb == "journal.edit":
                changes = changes_between(versions[place], after, context, with_note)
            after, place = versions[place], place + 1
        found.append(
            Event(line.at, line.actor_label, VERBS.get(line.verb, line.verb), changes, "screening" in line.changes)
        )
    return found
