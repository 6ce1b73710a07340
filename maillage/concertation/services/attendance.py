"""Who was at a meeting: noted by those who animate, or by persons themselves with the link of the door; guests counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.arriving import why_door_is_shut
from maillage.concertation.enums import Capacity, MeetingState, Presence, RegistrationState
from maillage.concertation.models import Attendance, GuestCount, Meeting, Member, Registration
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.core.text import fold
from maillage.directory.models import Organization

from .meeting_lock import locked

MOST_GUESTS = 5000  # of one capacity, counted without name


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came without registration, and who agrees to be named."""

    name: str
    capacity: str = Capacity.COMMUNITY
    organization: Organization | None = None
    presence: str = Presence.ON_SITE


@transaction.atomic
def note_registered(*, actor: Any, registration: Registration, presence: str = "") -> Attendance:
    """Note that somebody who registered is there. Twice is once; who waits for a place may come too.

    Raises `NotAllowed` or `Refused` (the meeting is called off or has no date).
    """
    meeting = locked(meeting=registration.meeting)
    require(can_animate(actor, meeting.group))
    _require_dated(meeting)
    return _note_registered(actor, meeting, registration, presence)


@transaction.atomic
def note_member(*, actor: Any, meeting: Meeting, member: Member, presence: str = "") -> Attendance:
    """Note that a member is there, registered or not. Twice is once."""
    meeting = locked(meeting=meeting)
    require(can_animate(actor, meeting.group))
    _require_dated(meeting)
    return _note_member(actor, meeting, member, presence)


@transaction.atomic
def add_walk_in(*, actor: Any, meeting: Meeting, came: Came) -> Attendance:
    """Note somebody who is neither registered nor a member, by the name that they agree to give.

    The same name twice, as the same thing, is one person. Raises `NotAllowed`, `Refused` or `ValidationError`.
    """
    meeting = locked(meeting=meeting)
    require(can_animate(actor, meeting.group))
    _require_dated(meeting)
    name = " ".join(came.name.split())
    for known in meeting.attendances.filter(person=None, capacity=came.capacity).order_by("id"):
        if fold(known.name) == fold(name):
            return known
    values = {"capacity": came.capacity, "organization": came.organization}
    return _save(actor, Attendance(meeting=meeting, name=name, **values), came.presence)


@transaction.atomic
def take_attendance_back(*, actor: Any, attendance: Attendance) -> None:
    """Take back that somebody was there."""
    meeting = locked(meeting=attendance.meeting)
    require(can_animate(actor, meeting.group))
    found = Attendance.objects.filter(pk=attendance.pk).first()
    if found is not None:
        audit(actor=actor, verb="concertation.attendance_removed", obj=found)
        found.delete()


@transaction.atomic
def set_presence(*, actor: Any, attendance: Attendance, presence: str) -> Attendance:
    """Say whether somebody was there on site or not."""
    meeting = locked(meeting=attendance.meeting)
    require(can_animate(actor, meeting.group))
    if presence not in Presence.values:
        raise Refused(_("Dites si la personne est sur place ou à distance."))
    before = attendance.presence
    if before != presence:
        attendance.presence = presence
        attendance.save(update_fields=["presence"])
        changes = {"presence": [before, presence]}
        audit(actor=actor, verb="concertation.attendance_changed", obj=attendance, changes=changes)
    return attendance


@transaction.atomic
def count_guests(*, actor: Any, meeting: Meeting, counts: Mapping[str, int]) -> None:
    """Say how many guests came without being named, by what they came as. Raises `NotAllowed` or `Refused`."""
    meeting = locked(meeting=meeting)
    require(can_animate(actor, meeting.group))
    _require_dated(meeting)
    if any(code not in Capacity.values or not 0 <= count <= MOST_GUESTS for code, count in counts.items()):
        raise Refused(_("Un nombre de personnes va de 0 à %d.") % MOST_GUESTS)
    before = dict(meeting.guests.order_by("capacity").values_list("capacity", "count"))
    after = {code: counts.get(code, before.get(code, 0)) for code in {*before, *counts}}
    moved = differences({code: before.get(code, 0) for code in after}, after)
    for code in moved:
        if after[code]:
            GuestCount.objects.update_or_create(meeting=meeting, capacity=code, defaults={"count": after[code]})
        else:
            GuestCount.objects.filter(meeting=meeting, capacity=code).delete()
    if moved:
        audit(actor=actor, verb="concertation.guests_counted", obj=meeting, changes=moved)


@transaction.atomic
def arrive_registered(*, registration: Registration) -> tuple[Attendance, bool]:
    """Somebody who registered says at the door that they are there; gives whether it is new.

    Raises `Refused` when the door is shut, with why.
    """
    meeting = locked(meeting=registration.meeting)
    _require_open(meeting)
    if (known := _attendance_of(meeting, registration)) is not None:
        return known, False
    return _note_registered(None, meeting, registration, ""), True


@transaction.atomic
def arrive_member(*, actor: Any, meeting: Meeting, member: Member) -> tuple[Attendance, bool]:
    """A member who is signed in says at the door that they are there; gives whether it is new."""
    meeting = locked(meeting=meeting)
    require(can_take_part(actor, meeting.group))
    if member.group_id != meeting.group_id or member.person.user_id != actor.pk:
        raise Refused(_("On ne dit que sa propre arrivée."))
    _require_open(meeting)
    known = meeting.attendances.filter(person=member.person_id).first()
    return (known, False) if known is not None else (_note_member(actor, meeting, member, ""), True)


def _require_dated(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.HELD):
        raise Refused(_("Cette rencontre n'a pas de date ou est annulée : il n'y a pas de présences à noter."))


def _require_open(meeting: Meeting) -> None:
    if reason := why_door_is_shut(meeting):
        raise Refused(reason)


def _attendance_of(meeting: Meeting, registration: Registration) -> Attendance | None:
    found = meeting.attendances.filter(registration=registration).first()
    if found is None and registration.person_id is not None:
        found = meeting.attendances.filter(person=registration.person_id).first()
    return found


def _note_registered(actor: Any, meeting: Meeting, registration: Registration, presence: str) -> Attendance:
    if (known := _attendance_of(meeting, registration)) is not None:
        return known
    if registration.state == RegistrationState.CANCELLED:
        raise Refused(_("Cette inscription est retirée : ajoutez la personne à la main si elle est venue."))
    attendance = Attendance(
        meeting=meeting,
        registration=registration,
        person_id=registration.person_id,
        name=registration.name,
        organization_id=registration.organization_id,
        capacity=registration.capacity,
    )
    return _save(actor, attendance, presence or registration.presence)


def _note_member(actor: Any, meeting: Meeting, member: Member, presence: str) -> Attendance:
    live = meeting.registrations.filter(person=member.person_id).exclude(state=RegistrationState.CANCELLED)
    if (registration := live.order_by("rank").first()) is not None:
        return _note_registered(actor, meeting, registration, presence)
    if (known := meeting.attendances.filter(person=member.person_id).first()) is not None:
        return known
    attendance = Attendance(
        meeting=meeting,
        person_id=member.person_id,
        name=member.person.name,
        organization_id=member.organization_id,
        capacity=member.capacity,
    )
    return _save(actor, attendance, presence)


def _save(actor: Any, attendance: Attendance, presence: str) -> Attendance:
    attendance.presence = presence if presence in Presence.values else Presence.ON_SITE
    # Noted the next day from a paper list, nobody knows any more when the person arrived.
    attendance.arrived_at = None if why_door_is_shut(attendance.meeting) else timezone.now()
    attendance.full_clean()
    attendance.save()
    audit(actor=actor, verb="concertation.attendance_noted", obj=attendance)
    return attendance
