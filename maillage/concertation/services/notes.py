"""What is typed in minutes: saved as it is typed, merged line by line with what somebody else typed meanwhile."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import MeetingState, MinutesState
from maillage.concertation.merging import merge
from maillage.concertation.models import AgendaItem, Meeting, Minutes, NoteVersion
from maillage.concertation.passages import NOTES, Passage, passage_of
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.services import audit

QUIET = timedelta(minutes=10)  # of typing that one line of the audit tells


@dataclass(frozen=True, slots=True)
class Noted:
    """A passage after it was typed: `waiting` is the version set beside it when both changed the same lines."""

    passage: Passage
    waiting: NoteVersion | None = None


@transaction.atomic
def note_passage(*, actor: Any, meeting: Meeting, key: str, text: str, revision: int, base: str | None = None) -> Noted:
    """Write `text` in the passage `key`, typed over the text of `revision` (or over `base`, when the page held it).

    What others typed since then is merged. Where the same lines were changed on both sides nothing is written: the text
    waits beside the other (one version a person and passage) until somebody settles. Raises `NotAllowed` or `Refused`.
    """
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    refuse_unless_draft(minutes=minutes)
    passage = held_passage(minutes=minutes, key=key)
    text = plain_text(text=text, longest=passage.longest)
    merged = merge(
        plain_text(text=base) if base is not None else text_at(passage=passage, revision=revision), text, passage.text
    )
    if not merged.clean:
        return Noted(passage, _set_beside(actor, passage, text, revision))
    if len(merged.text) > passage.longest:
        raise Refused(_too_long(passage.longest))
    return Noted(write_passage(actor=actor, passage=passage, text=merged.text))


@transaction.atomic
def settle_version(*, actor: Any, version: NoteVersion, text: str, revision: int) -> Passage:
    """Write `text` as what a passage says after both versions were read, and let the one that waited go.

    Raises `NotAllowed`, or `Refused` when the passage was written again after `revision`.
    """
    meeting = version.minutes.meeting
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    refuse_unless_draft(minutes=minutes)
    passage = held_passage(minutes=minutes, key=str(version.item.uid) if version.item else version.field)
    if passage.revision != revision:
        raise Refused(
            _("Le texte a encore changé pendant que vous lisiez. Relisez les deux versions, puis choisissez.")
        )
    written = write_passage(actor=actor, passage=passage, text=plain_text(text=text, longest=passage.longest))
    audit(actor=actor, verb="concertation.version_settled", obj=minutes)
    NoteVersion.objects.filter(pk=version.pk).delete()
    return written


def write_passage(*, actor: Any, passage: Passage, text: str) -> Passage:
    """Write `text`, keeping what stood before; the caller holds the rows and has checked."""
    if text == passage.text:
        return passage
    spoken = passage.minutes.versions.filter(
        item=passage.item, field=passage.field, by_id=getattr(actor, "pk", None), at__gt=timezone.now() - QUIET
    ).exists()
    NoteVersion.objects.create(
        minutes=passage.minutes,
        item=passage.item,
        field=passage.field,
        number=passage.revision,
        text=passage.text,
        by_id=getattr(actor, "pk", None),
        by_label=str(actor)[:200],
    )
    if passage.item:
        passage.item.notes, passage.item.notes_revision = text, passage.revision + 1
        passage.item.save(update_fields=["notes", "notes_revision"])
    else:
        setattr(passage.minutes, passage.field, text)
        passage.minutes.revision += 1
        passage.minutes.save(update_fields=[passage.field, "revision"])
    if not spoken:
        audit(actor=actor, verb="concertation.minutes_noted", obj=passage.item or passage.minutes)
    return passage


def text_at(*, passage: Passage, revision: int) -> str:
    """The text that the passage had at `revision`: the first version kept from then on, or the present one."""
    kept = passage.minutes.versions.filter(item=passage.item, field=passage.field, waiting=False, number__gte=revision)
    found = kept.order_by("number", "id").first()
    return found.text if found else passage.text


def held_minutes(*, meeting: Meeting) -> Minutes:
    """The minutes of `meeting`, opened by the first who writes there, held until the end of the transaction."""
    if meeting.state in (MeetingState.CANCELLED, MeetingState.CHOOSING):
        raise Refused(_("Cette rencontre n'a pas lieu ou n'a pas encore de date : elle n'a pas de procès-verbal."))
    Minutes.objects.get_or_create(meeting=meeting)
    held = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__group")
    return held.get(meeting=meeting)


def held_passage(*, minutes: Minutes, key: str) -> Passage:
    """The passage that a form names, its item held. `Refused` for an item that somebody removed from the agenda."""
    items: dict[UUID, AgendaItem] = {
        item.uid: item for item in AgendaItem.objects.select_for_update().filter(meeting=minutes.meeting)
    }
    found = passage_of(minutes, key, items)
    if found is None:
        raise Refused(
            _("Ce point n'est plus à l'ordre du jour. Copiez votre texte dans un autre point, puis rechargez la page.")
        )
    return found


def refuse_unless_draft(*, minutes: Minutes) -> None:
    """Minutes that circulate or were adopted change by amendments only."""
    if minutes.state == MinutesState.ADOPTED:
        raise Refused(_("Ce procès-verbal est adopté : il ne change que par un amendement."))
    if minutes.state == MinutesState.CIRCULATED:
        raise Refused(_("Ce procès-verbal circule : reprenez-le en brouillon, ou proposez un amendement."))


def plain_text(*, text: str, longest: int = 0) -> str:
    """`text` with the line ends of this house. `Refused` when it is longer than may be."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if longest and len(plain) > longest:
        raise Refused(_too_long(longest))
    return plain


def _too_long(longest: int) -> str:
    return _("Ce texte dépasse %(count)s caractères : raccourcissez-le, ou joignez un document.") % {"count": longest}


def _set_beside(actor: Any, passage: Passage, text: str, revision: int) -> NoteVersion:
    """The same person's text of the same passage replaces the one that already waits."""
    version, new = NoteVersion.objects.update_or_create(
        minutes=passage.minutes,
        item=passage.item,
        field=passage.field if passage.item is None else NOTES,
        waiting=True,
        by_id=getattr(actor, "pk", None),
        defaults={"text": text, "by_label": str(actor)[:200]},
        create_defaults={"text": text, "by_label": str(actor)[:200], "number": revision},
    )
    if new:
        audit(actor=actor, verb="concertation.version_waits", obj=passage.item or passage.minutes)
    return version
