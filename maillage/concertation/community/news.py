"""What is new in a group between two moments: the one list from which letters and digests are made."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import MeetingState, MinutesState, NeedState
from maillage.concertation.models import Document, Group, Initiative, Meeting, Minutes, NamedNeed, Question

# Kinds of news, in the order in which they are read.
KINDS: dict[str, str | Promise] = {
    "meetings": _("Rencontres"),
    "minutes": _("Comptes rendus"),
    "answers": _("Questions répondues"),
    "questions": _("Questions posées"),
    "initiatives": _("Initiatives"),
    "needs": _("Besoins"),
    "documents": _("Documents"),
}
MOST = 30  # of one kind
# Of a need, the states that are news: it was named for all to read, and something came of it.
TOLD_OF_NEEDS = (NeedState.OPEN, NeedState.TAKEN_UP, NeedState.ANSWERED)


@dataclass(frozen=True, slots=True)
class News:
    """Something that is new: what, of which day, where it is read, and whether everybody may."""

    kind: str
    title: str
    day: str
    path: str
    note: str = ""
    public: bool = False

    def as_line(self) -> dict[str, Any]:
        """What a letter keeps of it; somebody may rewrite its title, or leave it out."""
        return {**asdict(self), "kept": True}


def news_of(group: Group, start: datetime, end: datetime) -> list[News]:
    """What is new in `group` from `start` (included) to `end` (excluded), by kind, the latest first in each."""
    readers = (_meetings, _minutes, _answers, _questions, _initiatives, _needs, _documents)
    return [news for reader in readers for news in reader(group, start, end)]


def meetings_ahead(group: Group, until: datetime) -> list[News]:
    """The meetings of `group` from now to `until`, the next first: they are recalled, they are no news."""
    soon = Meeting.objects.to_come().filter(group=group, starts_at__lt=until)
    return [_of_meeting(meeting, group) for meeting in soon[:MOST]]


def _meetings(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    announced = Q(created_at__gte=start, created_at__lt=end, starts_at__gte=start, state=MeetingState.PLANNED)
    held = Q(starts_at__gte=start, starts_at__lt=end, state=MeetingState.HELD)
    found = Meeting.objects.filter(announced | held, group=group).order_by("-starts_at", "-id")
    yield from (_of_meeting(meeting, group) for meeting in found[:MOST])


def _of_meeting(meeting: Meeting, group: Group) -> News:
    public = meeting.is_public and not group.is_discreet
    place = " · ".join(str(part) for part in (meeting.place, _("à distance") if meeting.online_url else "") if part)
    return News("meetings", meeting.title, _day(meeting.starts_at), _at("meeting", meeting.uid), place, public)


def _minutes(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    circulated = Q(circulated_at__gte=start, circulated_at__lt=end)
    published = Q(published_at__gte=start, published_at__lt=end)
    found = Minutes.objects.filter(circulated | published, meeting__group=group).exclude(state=MinutesState.DRAFT)
    for minutes in found.select_related("meeting").order_by("-meeting__starts_at", "-id")[:MOST]:
        meeting, public = minutes.meeting, minutes.published_at is not None
        path = _at("minutes_public" if public else "minutes", meeting.uid)
        yield News("minutes", meeting.title, _day(meeting.starts_at), path, public=public)


def _answers(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    found = Question.objects.filter(group=group, answers__answered_at__gte=start, answers__answered_at__lt=end)
    for question in found.annotate(latest=Max("answers__answered_at")).order_by("-latest", "-id")[:MOST]:
        yield News("answers", question.title, _day(question.latest), _at("question", question.uid))


def _questions(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    asked = Question.objects.filter(group=group, asked_at__gte=start, asked_at__lt=end, answers=None, closed_at=None)
    for question in asked.order_by("-asked_at", "-id")[:MOST]:
        yield News("questions", question.title, _day(question.asked_at), _at("question", question.uid))


def _initiatives(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    first, last = timezone.localdate(start), timezone.localdate(end)
    moved = Initiative.objects.filter(group=group, steps__on__gte=first, steps__on__lte=last, updated_at__gte=start)
    for initiative in moved.annotate(latest=Max("steps__on")).order_by("-latest", "-id")[:MOST]:
        public = initiative.is_public
        path = _at("initiative_public" if public else "initiative", initiative.uid)
        note = str(initiative.get_stage_display())
        yield News("initiatives", initiative.title, initiative.latest.isoformat(), path, note, public)


def _needs(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    moved = Q(steps__at__gte=start, steps__at__lt=end, steps__state__in=TOLD_OF_NEEDS)
    named = Q(named_at__gte=start, named_at__lt=end)
    found = NamedNeed.objects.filter(moved | named, group=group, state__in=TOLD_OF_NEEDS).distinct()
    for need in found.order_by("-updated_at", "-id")[:MOST]:
        note = str(need.get_state_display())
        yield News("needs", need.statement, _day(need.updated_at), _at("need", need.uid), note, need.is_public)


def _documents(group: Group, start: datetime, end: datetime) -> Iterator[News]:
    added = Document.objects.filter(group=group, added_at__gte=start, added_at__lt=end).select_related("meeting")
    for document in added.order_by("-added_at", "-id")[:MOST]:
        meeting = document.meeting
        path = _at("meeting", meeting.uid) if meeting else reverse("concertation:group", args=[group.slug])
        yield News("documents", document.title, _day(document.added_at), path, meeting.title if meeting else "")


def _at(name: str, uid: Any) -> str:
    try:
        return reverse(f"concertation:{name}", args=[uid])
    except NoReverseMatch:
        return reverse("concertation:meeting", args=[uid])


def _day(moment: datetime | date | None) -> str:
    if isinstance(moment, datetime):
        return timezone.localdate(moment).isoformat()
    return moment.isoformat() if moment else ""
