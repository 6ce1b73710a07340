"""A poll of dates as it is read: what is said of each, which suits most, whether any is left."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone

from .enums import MeetingState, PollReply
from .models import Meeting, Member, PollAnswer, PollOption
from .queries import GroupSeen

NAMED = 40  # names shown for one reply of one date


@dataclass(slots=True)
class DateSaid:
    """A proposed date: the count of each reply, mine, whether it is past, whether it suits most."""

    option: PollOption
    yes: int = 0
    if_needed: int = 0
    no: int = 0
    mine: str = ""
    is_past: bool = False
    is_best: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)

    @property
    def field_name(self) -> str:
        """The name under which a form says something of it."""
        return f"date-{self.option.uid}"


@dataclass(frozen=True, slots=True)
class Poll:
    """The dates in their order, how many members there are and how many have answered."""

    dates: list[DateSaid]
    members: int
    answered: int

    @property
    def has_future(self) -> bool:
        """Whether a proposed date is still to come."""
        return any(not one.is_past for one in self.dates)

    @property
    def none_left(self) -> bool:
        """Whether no date can be chosen any more: all past, or everybody who answered says no to each that is not."""
        ahead = [one for one in self.dates if not one.is_past]
        return bool(self.dates) and all(one.no and not one.yes and not one.if_needed for one in ahead)


def poll_of_meeting(meeting: Meeting, member: Member | None, names: bool = False) -> Poll:
    """The poll of `meeting`, with what `member` says; with the names of who said what when `names`."""
    now = timezone.now()
    mine = PollAnswer.objects.filter(option=OuterRef("pk"), member=member.pk if member else None).values("reply")[:1]
    counts = {f"count_{reply}": Count("answers", filter=Q(answers__reply=reply)) for reply in PollReply.values}
    options = meeting.poll_options.annotate(mine=Subquery(mine), **counts).order_by("starts_at", "id")
    dates = {
        option.pk: DateSaid(
            option,
            yes=option.count_yes,
            if_needed=option.count_if_needed,
            no=option.count_no,
            mine=option.mine or "",
            is_past=option.starts_at <= now,
        )
        for option in options
    }
    if names:
        rows = PollAnswer.objects.filter(option__meeting=meeting).order_by("member__person__name", "pk")
        for option, reply, name in rows.values_list("option", "reply", "member__person__name"):
            dates[option].names.setdefault(reply, []).append(name)
    _mark_best(list(dates.values()))
    members, answered = _turnout(meeting)
    return Poll(list(dates.values()), members, answered)


def _turnout(meeting: Meeting) -> tuple[int, int]:
    """How many current members there are, and how many of them said something."""
    said = PollAnswer.objects.filter(member=OuterRef("pk"), option__meeting=meeting)
    found = Member.objects.current().filter(group=meeting.group_id).annotate(said=Exists(said))
    counts = found.aggregate(members=Count("pk"), answered=Count("pk", filter=Q(said=True)))
    return counts["members"], counts["answered"]


def _mark_best(dates: list[DateSaid]) -> None:
    """The dates to come that most can attend: « oui » and « au besoin » first, then « oui »."""
    ahead = [one for one in dates if not one.is_past and one.yes + one.if_needed]
    best = max(((one.yes + one.if_needed, one.yes) for one in ahead), default=None)
    for one in ahead:
        one.is_best = (one.yes + one.if_needed, one.yes) == best


def replies_sent(meeting: Meeting, sent: Any) -> dict[PollOption, str]:
    """What a form says of the dates of `meeting`."""
    found = {}
    for option in meeting.poll_options.order_by("starts_at", "id"):
        reply = sent.get(f"date-{option.uid}", "")
        if reply in PollReply.values:
            found[option] = reply
    return found


def poll_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """The poll on the page of the meeting, while its date is to choose."""
    is_open = meeting.state == MeetingState.CHOOSING
    return {"poll": poll_of_meeting(meeting, seen.member) if is_open else None}
