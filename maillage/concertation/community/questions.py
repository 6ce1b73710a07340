"""Page-ready reads of questions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from maillage.concertation.models import Answer, Group, Meeting, Member, PracticeArea, Question, Topic
from maillage.core.text import stems

OFFERED_MEETINGS = 40  # the latest ones, to attach a question to


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for among the questions of a group; each part is optional."""

    words: str = ""
    state: str = ""  # "waiting" (nobody answered), "open", "closed", "helped"
    topic: int | None = None
    meeting: str = ""
    whose: str = ""  # "mine" (asked by me), "known" (of my areas of practice)


def questions_of(group: Group, wanted: Wanted, member: Member | None = None) -> QuerySet[Question]:
    """The questions of `group` that are wanted, the newest first, with the number of their answers."""
    found = Question.objects.filter(group=group)
    for stem in stems(wanted.words).split():
        found = found.filter(search__contains=f" {stem}")
    found = _in_state(found, wanted.state)
    if wanted.topic is not None:
        found = found.filter(topic=wanted.topic)
    if wanted.meeting:
        found = found.filter(meeting__uid=wanted.meeting)
    if wanted.whose == "mine":
        found = found.filter(asked_by=member) if member else found.none()
    elif wanted.whose == "known":
        mine = (
            PracticeArea.objects.filter(member=member, topic__isnull=False) if member else PracticeArea.objects.none()
        )
        found = found.filter(topic__in=mine.order_by().values("topic")).exclude(asked_by=member)
    return told(found)


def told(found: QuerySet[Question]) -> QuerySet[Question]:
    """`found` with all that a line shows, the newest first."""
    helped = Answer.objects.filter(question=OuterRef("pk"), helped=True)
    return (
        found.select_related("topic", "meeting", "asked_by__person", "asked_by__organization")
        .annotate(answer_count=Count("answers"), has_helped=Exists(helped))
        .order_by("-asked_at", "-id")
    )


def _in_state(found: QuerySet[Question], state: str) -> QuerySet[Question]:
    if state == "waiting":
        return found.filter(closed_at=None).filter(~Exists(Answer.objects.filter(question=OuterRef("pk"))))
    if state == "open":
        return found.filter(closed_at=None)
    if state == "closed":
        return found.filter(closed_at__isnull=False)
    if state == "helped":
        return found.filter(Exists(Answer.objects.filter(question=OuterRef("pk"), helped=True)))
    return found


def topics_offered(group: Group, kept: int | None = None) -> QuerySet[Topic]:
    """The themes of `group` in use, by name, and the one that is already chosen."""
    return Topic.objects.filter(Q(is_retired=False) | Q(pk=kept or 0), group=group).order_by("name", "id")


def meetings_offered(group: Group, kept: int | None = None) -> QuerySet[Meeting]:
    """The latest meetings of `group` that have a date, and the one that is already chosen."""
    latest = Meeting.objects.filter(group=group, starts_at__isnull=False).order_by("-starts_at", "-id")
    chosen = Q(pk__in=latest.values("pk")[:OFFERED_MEETINGS]) | Q(pk=kept or 0)
    return Meeting.objects.filter(chosen, group=group).order_by("-starts_at", "-id")


def answers_of(question: Question) -> list[Any]:
    """The answers of `question`: the one that helped first, then as they came."""
    return list(
        question.answers.select_related("answered_by__person", "answered_by__organization").order_by(
            "-helped", "answered_at", "id"
        )
    )
