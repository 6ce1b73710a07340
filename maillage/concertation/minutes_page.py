"""What the page of a meeting's minutes shows, read in a few queries whatever the number of items."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from .enums import AmendmentState, Capacity, FollowUpState, MeetingState, MinutesState
from .merging import merge
from .models import AgendaItem, Amendment, Decision, FollowUp, Meeting, Member, Minutes, NoteVersion
from .passages import NOTES, Passage

OFFERED = 100  # members whose names the page offers
CARRIED = 10  # open follow-ups of before that stand above the items; the rest is one tap away
WITH_MINUTES = "minutes__adopted_in"  # read with a meeting whose minutes are shown
WITH_PEOPLE = Prefetch("members", Member.objects.select_related("person").order_by("person__name", "id"))


@dataclass(slots=True)
class Waiting:
    """A version set beside a passage, and both of them put together."""

    version: NoteVersion
    both: str


@dataclass(slots=True)
class Line:
    """An item of the agenda with what was said, decided and promised under it."""

    item: AgendaItem
    number: int
    passage: Passage
    decisions: list[Decision] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names it in forms."""
        return str(self.item.uid)


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes of a meeting; blank ones, not saved, when nobody wrote there yet."""
    return getattr(meeting, "minutes", None) or Minutes(meeting=meeting)


class MinutesPage:
    """The minutes of one meeting, as a member reads them or as who animates writes them."""

    def __init__(self, meeting: Meeting, animates: bool, typed: Mapping[str, Any] | None = None) -> None:
        self.meeting, self.animates = meeting, animates
        self.minutes = minutes_of(meeting)
        self.typed = dict(typed or {})  # what a refused form held: {"kind", "key", "form"}

    @property
    def is_draft(self) -> bool:
        """Whether they are still written."""
        return self.minutes.state == MinutesState.DRAFT

    @property
    def is_live(self) -> bool:
        """Whether the person writes here."""
        held = self.meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
        return self.animates and self.is_draft and held

    @cached_property
    def lines(self) -> list[Line]:
        """The items of the agenda, in order."""
        items = self.meeting.items.select_related("led_by__person").order_by("position", "id")
        found = [
            Line(item, number, Passage(self.minutes, NOTES, item), waiting=self.waiting(NOTES, item))
            for number, item in enumerate(items, 1)
        ]
        of_item = {line.item.pk: line for line in found}
        for decision in self.decisions:
            if decision.item_id in of_item:
                of_item[decision.item_id].decisions.append(decision)
        for follow_up in self.promised:
            if follow_up.item_id in of_item:
                of_item[follow_up.item_id].follow_ups.append(follow_up)
        return found

    @cached_property
    def decisions(self) -> list[Decision]:
        """All decisions of the meeting."""
        found = Decision.objects.filter(meeting=self.meeting).select_related("replaced_by")
        return list(found.order_by("number"))

    @cached_property
    def _follow_ups(self) -> list[FollowUp]:
        today = timezone.localdate()  # what was just said done stays in sight, to be undone
        due = Q(state=FollowUpState.OPEN) | Q(meeting=self.meeting) | Q(done_on=today)
        found = FollowUp.objects.filter(due, group=self.meeting.group).select_related("meeting")
        return list(found.prefetch_related(WITH_PEOPLE).order_by("due_on", "id"))

    @property
    def promised(self) -> list[FollowUp]:
        """What was promised in this meeting."""
        return [line for line in self._follow_ups if line.meeting_id == self.meeting.pk]

    @property
    def carried(self) -> list[FollowUp]:
        """What was promised before and is still to be done, the most pressing, for minutes that are written."""
        return self._before[:CARRIED]

    @property
    def more_carried(self) -> int:
        """How many others wait."""
        return len(self._before) - len(self.carried)

    @property
    def _before(self) -> list[FollowUp]:
        return [line for line in self._follow_ups if line.meeting_id != self.meeting.pk]

    @property
    def elsewhere(self) -> tuple[list[Decision], list[FollowUp]]:
        """What was decided and promised outside of any item."""
        return (
            [line for line in self.decisions if line.item_id is None],
            [line for line in self.promised if line.item_id is None],
        )

    def passage(self, name: str) -> Passage:
        """The opening, the closing or the account."""
        return Passage(self.minutes, name)

    @property
    def opening(self) -> Passage:
        """What was said first."""
        return self.passage("opening")

    @property
    def closing(self) -> Passage:
        """What was said last."""
        return self.passage("closing")

    @property
    def summary(self) -> Passage:
        """The account in plain language."""
        return self.passage("summary")

    @cached_property
    def _versions(self) -> dict[tuple[str, int | None], list[NoteVersion]]:
        found: dict[tuple[str, int | None], list[NoteVersion]] = defaultdict(list)
        if self.is_live and self.minutes.pk:
            for version in self.minutes.versions.filter(waiting=True).order_by("id"):
                found[version.field, version.item_id].append(version)
        return found

    def waiting(self, name: str, item: AgendaItem | None = None) -> list[Waiting]:
        """Versions that wait beside a passage."""
        text = str(getattr(item or self.minutes, name))
        return [
            Waiting(version, merge("", version.text, text).text)
            for version in self._versions.get((name, item.pk if item else None), [])
        ]

    @property
    def waiting_of_minutes(self) -> dict[str, list[Waiting]]:
        """Versions that wait beside the opening, the closing and the account."""
        return {name: self.waiting(name) for name in ("opening", "closing", "summary")}

    @cached_property
    def attendances(self) -> list[Any]:
        """Who was there."""
        return list(self.meeting.attendances.select_related("organization").order_by("name", "id"))

    @cached_property
    def present(self) -> list[tuple[Any, int]]:
        """How many were there as what, named and counted together."""
        counts: Counter[str] = Counter(line.capacity for line in self.attendances)
        for guest in self.meeting.guests.all():
            counts[guest.capacity] += guest.count
        return [(label, counts[code]) for code, label in Capacity.choices if counts[code]]

    @property
    def present_count(self) -> int:
        """How many were there."""
        return sum(count for _label, count in self.present)

    @cached_property
    def amendments(self) -> list[Amendment]:
        """What was proposed of minutes that circulate."""
        if not self.minutes.pk or self.is_draft:
            return []
        found = self.minutes.amendments.select_related("item", "proposed_by__person")
        return list(found.order_by("proposed_at", "id"))

    @property
    def to_answer(self) -> int:
        """How many of them wait for an answer."""
        return sum(1 for line in self.amendments if line.state == AmendmentState.PROPOSED)

    @cached_property
    def names(self) -> list[str]:
        """Names that a form offers: of the members of a small group, else of those who are there."""
        members = Member.objects.current().filter(group=self.meeting.group).order_by("person__name", "id")
        found = list(members.values_list("person__name", flat=True)[: OFFERED + 1])
        return found if len(found) <= OFFERED else [line.name for line in self.attendances]
