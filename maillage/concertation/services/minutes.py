"""The life of minutes: they circulate, are adopted, and their account is published when the group wants."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.concertation.enums import AmendmentState, MinutesState
from maillage.concertation.models import Decision, Meeting, Member, Minutes, NoteVersion
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.text import fold
from maillage.journal.screening import screen

from .minutes_mail import tell_members
from .notes import held_minutes, refuse_unless_draft


class NamesSuspected(Refused):
    """The account seems to say who somebody is; `passages` are what does."""

    def __init__(self, passages: list[str]) -> None:
        said = ", ".join(f"« {passage} »" for passage in passages)
        super().__init__(_("Le compte rendu semble nommer quelqu'un : %(said)s.") % {"said": said})
        self.passages = passages


@transaction.atomic
def circulate(*, actor: Any, meeting: Meeting) -> Minutes:
    """Send the minutes to the members: from then on they change by amendments. Circulating twice is circulating once.

    Raises `NotAllowed`, or `Refused` while two versions of a text wait to be settled.
    """
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    if minutes.state != MinutesState.DRAFT:
        return minutes
    if meeting.starts_at is None or meeting.starts_at > timezone.now():
        raise Refused(_("La rencontre n'a pas encore commencé : son procès-verbal ne peut pas circuler."))
    waiting = minutes.versions.filter(waiting=True).count()
    if waiting:
        raise Refused(
            ngettext(
                "%(count)s texte attend que vous choisissiez entre deux versions. Choisissez, puis faites circuler.",
                "%(count)s textes attendent que vous choisissiez entre deux versions. Choisissez, puis faites circuler.",
                waiting,
            )
            % {"count": waiting}
        )
    minutes.state, minutes.circulated_at = MinutesState.CIRCULATED, timezone.now()
    minutes.save(update_fields=["state", "circulated_at"])
    audit(actor=actor, verb="concertation.minutes_circulated", obj=minutes)
    tell_members(minutes=minutes)
    return minutes


@transaction.atomic
def take_back_minutes(*, actor: Any, meeting: Meeting) -> Minutes:
    """Make minutes that circulate a draft again. Raises `NotAllowed`, or `Refused` once they were adopted."""
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    if minutes.state == MinutesState.ADOPTED:
        refuse_unless_draft(minutes=minutes)
    if minutes.state == MinutesState.CIRCULATED:
        minutes.state = MinutesState.DRAFT
        minutes.save(update_fields=["state"])
        audit(actor=actor, verb="concertation.minutes_taken_back", obj=minutes)
    return minutes


@transaction.atomic
def adopt(*, actor: Any, meeting: Meeting, on: date, adopted_in: Meeting | None = None) -> Minutes:
    """Write that the minutes were adopted, on which day and in which meeting; the versions typed on the way are erased.

    Raises `NotAllowed`, or `Refused` (they do not circulate, an amendment waits, the day or the meeting cannot be).
    """
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    if minutes.state == MinutesState.ADOPTED:
        return minutes
    if minutes.state == MinutesState.DRAFT:
        raise Refused(_("Faites d'abord circuler le procès-verbal : les membres l'adoptent après l'avoir lu."))
    waiting = minutes.amendments.filter(state=AmendmentState.PROPOSED).count()
    if waiting:
        raise Refused(
            ngettext(
                "%(count)s amendement attend une réponse. Répondez-y, puis inscrivez l'adoption.",
                "%(count)s amendements attendent une réponse. Répondez-y, puis inscrivez l'adoption.",
                waiting,
            )
            % {"count": waiting}
        )
    _check_adoption(meeting, on, adopted_in)
    minutes.state, minutes.adopted_on, minutes.adopted_in = MinutesState.ADOPTED, on, adopted_in
    minutes.full_clean()
    minutes.save(update_fields=["state", "adopted_on", "adopted_in"])
    NoteVersion.objects.filter(minutes=minutes).delete()
    audit(actor=actor, verb="concertation.minutes_adopted", obj=minutes, changes={"adopted_on": [None, str(on)]})
    return minutes


@transaction.atomic
def publish(*, actor: Any, meeting: Meeting, reread: bool = False) -> Minutes:
    """Let anybody read the account in plain language. `reread`: a person read what seems to name somebody.

    Raises `NotAllowed`, `Refused` (no account yet, a discreet group) or `NamesSuspected`.
    """
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    if minutes.published_at:
        return minutes
    if meeting.group.is_discreet:
        raise Refused(_("Ce groupe est discret : ses comptes rendus ne paraissent pas."))
    if not minutes.summary.strip():
        raise Refused(_("Écrivez d'abord le compte rendu en langage clair : c'est lui qui paraît."))
    if not reread and (passages := _names(minutes)):
        raise NamesSuspected(passages)
    minutes.published_at = timezone.now()
    minutes.save(update_fields=["published_at"])
    audit(actor=actor, verb="concertation.minutes_published", obj=minutes)
    return minutes


@transaction.atomic
def withdraw(*, actor: Any, meeting: Meeting) -> Minutes:
    """Take the account back from the public. Raises `NotAllowed`."""
    require(can_animate(actor, meeting.group))
    minutes = held_minutes(meeting=meeting)
    if minutes.published_at:
        minutes.published_at = None
        minutes.save(update_fields=["published_at"])
        audit(actor=actor, verb="concertation.minutes_withdrawn", obj=minutes)
    return minutes


def _check_adoption(meeting: Meeting, on: date, adopted_in: Meeting | None) -> None:
    assert meeting.starts_at is not None  # minutes that circulate are of a meeting that began
    if on > timezone.localdate():
        raise Refused(_("La date de l'adoption est dans l'avenir."))
    if on < timezone.localdate(meeting.starts_at):
        raise Refused(_("La date de l'adoption précède la rencontre."))
    if adopted_in is not None and (adopted_in.group_id != meeting.group_id or adopted_in.pk == meeting.pk):
        raise Refused(_("Choisissez une autre rencontre de ce groupe, celle où le procès-verbal a été adopté."))


def _names(minutes: Minutes) -> list[str]:
    """What the account says that seems to name somebody: as screening finds it, and the names of members."""
    group = minutes.meeting.group
    decisions = Decision.objects.filter(meeting=minutes.meeting).order_by("number").values_list("text", flat=True)
    read = "\n".join([minutes.summary, *decisions])  # what the public page shows
    found = [finding.passage for finding in screen(read, [group.name, minutes.meeting.place])]
    text = f" {fold(read)} "
    members = Member.objects.filter(group=group).select_related("person").order_by("person__name", "id")
    found += [member.person.name for member in members if fold(member.person.name) in text]
    return list(dict.fromkeys(found))
