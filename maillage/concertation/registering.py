"""How the registrations of a meeting stand: places, waiting list, whether somebody can still register, what is asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import ACCESS_KINDS, Access, MeetingState, RegistrationState
from .models import Meeting, Registration

LIVE = (RegistrationState.REGISTERED, RegistrationState.WAITING)


@dataclass(frozen=True, slots=True)
class Standing:
    """Places held and persons waiting; `left` is None where places are not counted."""

    held: int
    waiting: int
    left: int | None

    @property
    def is_full(self) -> bool:
        """Whether the next person waits."""
        return self.left == 0


def standing(meeting: Meeting) -> Standing:
    """How full a meeting is, in one query."""
    return standing_of(meeting, meeting.registrations.filter(state__in=LIVE).order_by().values_list("state", flat=True))


def standing_of(meeting: Meeting, states: Iterable[str]) -> Standing:
    """How full a meeting is, from the states of its live registrations."""
    states = Counter(states)
    held = states[RegistrationState.REGISTERED]
    left = None if meeting.capacity is None else max(meeting.capacity - held, 0)
    return Standing(held, states[RegistrationState.WAITING], left)


def is_over(meeting: Meeting) -> bool:
    """Whether nobody can come any more: over, held or called off."""
    ended = meeting.ends_at is not None and meeting.ends_at < timezone.now()
    return ended or meeting.state in (MeetingState.HELD, MeetingState.CANCELLED)


def closed_because(meeting: Meeting, by_animator: bool = False) -> str:
    """Why nobody registers any more, in a sentence; nothing while one can. Those who animate may after the last day."""
    if meeting.state == MeetingState.CANCELLED:
        return _("Cette rencontre est annulée : il n'y a plus d'inscription.")
    if is_over(meeting):
        return _("Cette rencontre est passée : il n'y a plus d'inscription.")
    if not meeting.takes_registrations:
        return _("Cette rencontre ne demande pas d'inscription.")
    closes = meeting.registration_closes_at
    if closes is not None and closes < timezone.now() and not by_animator:
        return _("Les inscriptions sont closes. Écrivez à l'animation du groupe si vous voulez venir.")
    return ""


def place_in_line(registration: Registration) -> int:
    """The place of somebody in the waiting list, 1 for the first; 0 for who does not wait."""
    if registration.state != RegistrationState.WAITING:
        return 0
    before = Registration.objects.filter(meeting=registration.meeting_id, rank__lt=registration.rank)
    return before.waiting().count() + 1


def arrival_code(registration: Registration) -> str:
    """What somebody says at the door to be found: six signs of their registration."""
    return registration.uid.hex[:6].upper()


@dataclass(frozen=True, slots=True)
class Asked:
    """What persons ask for to take part, beside what the meeting offers."""

    code: str
    label: str
    count: int
    is_offered: bool

    @property
    def is_missing(self) -> bool:
        """Asked for, and not offered."""
        return self.count > 0 and not self.is_offered


def access_asked(meeting: Meeting) -> list[Asked]:
    """What is asked for or offered, in the order of the four kinds of access. One query."""
    asking = meeting.registrations.filter(state__in=LIVE).exclude(asked_for=[]).order_by()
    counts = Counter(code for codes in asking.values_list("asked_for", flat=True) for code in codes)
    offered = set(meeting.offers)
    found = [
        Asked(code.value, str(code.label), counts[code.value], code.value in offered)
        for codes in ACCESS_KINDS.values()
        for code in codes
    ]
    return [one for one in found if one.count or one.is_offered]


def access_choices(meeting: Meeting) -> list[tuple[str, Any]]:
    """The choices of what one needs; what is offered already says so."""
    return [
        (code.value, _("%s (prévu)") % code.label if code.value in meeting.offers else code.label) for code in Access
    ]


def access_labels(codes: Iterable[str]) -> list[str]:
    """What codes of access say, in words and in their order."""
    asked = set(codes)
    return [str(code.label) for code in Access if code.value in asked]
