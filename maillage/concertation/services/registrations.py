"""Registrations of a meeting: ranked under the lock of their meeting, so that no place is given twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import Access, Capacity, Presence, RegistrationState
from maillage.concertation.models import Meeting, Registration
from maillage.concertation.permissions import can_animate, can_register
from maillage.concertation.registering import LIVE, closed_because, is_over
from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.directory.models import Organization, Person

from .meeting_lock import locked
from .registration_mail import tell_placed, tell_promoted, tell_withdrawn

# After so many days, the address of somebody who has no place in the directory is of no use any more.
KEEP_ADDRESSES = timedelta(days=60)
CHANGED = ("presence", "asked_for", "access_note", "organization_name")


@dataclass(frozen=True, slots=True)
class Registering:
    """What somebody says when they register; `person` is known for members and those who have an account."""

    name: str
    email: str = ""
    person: Person | None = None
    capacity: str = Capacity.COMMUNITY
    organization: Organization | None = None
    organization_name: str = ""
    presence: str = Presence.ON_SITE
    asked_for: Sequence[str] = ()
    access_note: str = ""


@transaction.atomic
def register(*, actor: Any, meeting: Meeting, said: Registering) -> tuple[Registration, bool]:
    """Register somebody: a place while one is left, else the end of the waiting list. Gives the registration and
    whether it is new: the same person, or the same address, registers once.

    Members and, for a public meeting, anybody; those who animate register others, even once registrations are closed.
    Raises `NotAllowed`, `Refused` (closed) or `ValidationError`.
    """
    meeting = locked(meeting=meeting)
    require(can_register(actor, meeting))
    if reason := closed_because(meeting, bool(can_animate(actor, meeting.group))):
        raise Refused(reason)
    if (standing := _standing_of(meeting, said)) is not None:
        return standing, False
    _promote(meeting)
    registration = Registration(meeting=meeting, rank=_next_rank(meeting), **_values(said))
    registration.state = RegistrationState.REGISTERED if _free(meeting) else RegistrationState.WAITING
    registration.full_clean()
    registration.save()
    # Whoever has no account is nobody to the audit: the line names the registration.
    by = actor if actor.is_authenticated else None
    audit(actor=by, verb="concertation.registration_added", obj=registration)
    tell_placed(registration=registration)
    return registration, True


@transaction.atomic
def change_registration(*, actor: Any, registration: Registration, said: Registering) -> Registration:
    """Change what somebody said of their coming: how, for whom, what they need. Whoever holds the registration may.

    Raises `Refused` (given up, or the meeting is over) or `ValidationError`.
    """
    registration = _held(registration)
    if is_over(registration.meeting):
        raise Refused(_("Cette rencontre est passée ou annulée : l'inscription ne change plus."))
    if registration.state == RegistrationState.CANCELLED:
        raise Refused(_("Cette inscription est retirée. Inscrivez-vous de nouveau si vous voulez venir."))
    before = {name: getattr(registration, name) for name in CHANGED}
    after = {name: value for name, value in _values(said).items() if name in CHANGED}
    moved = differences(before, after, secret=("asked_for", "access_note"))
    if moved:
        for name, value in after.items():
            setattr(registration, name, value)
        registration.full_clean()
        registration.save(update_fields=CHANGED)
        audit(actor=actor, verb="concertation.registration_changed", obj=registration, changes=moved)
    return registration


@transaction.atomic
def withdraw(*, actor: Any, registration: Registration) -> Registration:
    """Give a registration up: what was asked for is wiped, and the first who waits takes the place. Twice is once.

    Whoever holds the registration may, and those who animate. Raises `Refused` once the meeting is over.
    """
    registration = _held(registration)
    if registration.state == RegistrationState.CANCELLED:
        return registration
    if is_over(registration.meeting):
        raise Refused(_("Cette rencontre est passée ou annulée : l'inscription ne change plus."))
    before, registration.state = registration.state, RegistrationState.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.asked_for, registration.access_note = [], ""
    registration.save(update_fields=["state", "cancelled_at", "asked_for", "access_note"])
    changes = {"state": [before, registration.state]}
    audit(actor=actor, verb="concertation.registration_withdrawn", obj=registration, changes=changes)
    tell_withdrawn(registration=registration)
    _promote(registration.meeting)
    return registration


@transaction.atomic
def fill_places(*, meeting: Meeting) -> list[Registration]:
    """Give the free places of a meeting to those who wait, the first first: called when its number of places grows."""
    return _promote(locked(meeting=meeting))


@transaction.atomic
def forget_needs() -> int:
    """Wipe what persons asked for once their meeting is over, and, later, the address of those who are not in the
    directory; gives how many registrations lost something. Run twice, it finds nothing the second time."""
    now = timezone.now()
    past = Registration.objects.filter(meeting__ends_at__lt=now).order_by()
    needs = past.exclude(asked_for=[], access_note="").update(asked_for=[], access_note="")
    old = past.filter(meeting__ends_at__lt=now - KEEP_ADDRESSES, person=None).exclude(email="")
    return needs + old.update(email="")


def _held(registration: Registration) -> Registration:
    """The registration as it stands, read under the lock of its meeting."""
    meeting = locked(meeting=registration.meeting)
    found = Registration.objects.select_related("person__user").get(pk=registration.pk)
    found.meeting = meeting
    return found


def _values(said: Registering) -> dict[str, Any]:
    known = set(Access.values)
    return {
        "name": " ".join(said.name.split()),
        "email": said.email.strip().lower(),
        "person": said.person,
        "capacity": said.capacity,
        "organization": said.organization,
        "organization_name": " ".join(said.organization_name.split()),
        "presence": said.presence,
        "asked_for": sorted({code for code in said.asked_for if code in known}),
        "access_note": " ".join(said.access_note.split()),
    }


def _standing_of(meeting: Meeting, said: Registering) -> Registration | None:
    """The registration that this person, or this address, has already."""
    live = meeting.registrations.filter(state__in=LIVE).order_by("rank")
    found = live.filter(person=said.person).first() if said.person is not None else None
    if found is None and (email := said.email.strip().lower()):
        found = live.filter(email=email).first()
    return found


def _next_rank(meeting: Meeting) -> int:
    return (meeting.registrations.aggregate(last=Max("rank"))["last"] or 0) + 1


def _free(meeting: Meeting) -> bool:
    return meeting.capacity is None or meeting.registrations.holding().count() < meeting.capacity


def _promote(meeting: Meeting) -> list[Registration]:
    """Give the free places of a locked meeting to those who wait."""
    if is_over(meeting):
        return []
    waiting = meeting.registrations.waiting().select_related("person__user")
    if meeting.capacity is not None:
        waiting = waiting[: max(meeting.capacity - meeting.registrations.holding().count(), 0)]
    promoted = list(waiting)
    for registration in promoted:
        registration.meeting = meeting
        registration.state, registration.promoted_at = RegistrationState.REGISTERED, timezone.now()
        registration.save(update_fields=["state", "promoted_at"])
        audit(actor=None, verb="concertation.registration_promoted", obj=registration)
        tell_promoted(registration=registration)
    return promoted
