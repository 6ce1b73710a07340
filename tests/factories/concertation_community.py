"""What a group learns together: themes, questions, answers, initiatives, stories of value, letters."""

from datetime import date
from typing import Any

from maillage.concertation.models import (
    Answer,
    Group,
    Initiative,
    InitiativeStep,
    Member,
    Newsletter,
    PracticeArea,
    Question,
    Topic,
    ValueStory,
)

from .counter import following


def make_topic(group: Group, **fields: Any) -> Topic:
    """A theme of `group`."""
    return Topic.objects.create(group=group, **{"name": f"Thème {following()}", **fields})


def make_area(member: Member, topic: Topic, **fields: Any) -> PracticeArea:
    """`member` says that they know `topic`, and may be asked."""
    return PracticeArea.objects.create(member=member, topic=topic, **fields)


def make_question(group: Group, member: Member | None = None, **fields: Any) -> Question:
    """A question to `group` about a theme of its own."""
    if not {"topic", "meeting", "tool_name"} & set(fields):
        fields["topic"] = make_topic(group)
    return Question.objects.create(
        group=group, asked_by=member, **{"title": f"Comment faire la chose {following()} ?", **fields}
    )


def make_answer(question: Question, member: Member | None = None, **fields: Any) -> Answer:
    """An answer to `question`."""
    return Answer.objects.create(
        question=question, answered_by=member, **{"text": f"Ainsi, la manière {following()}.", **fields}
    )


def make_initiative(group: Group, **fields: Any) -> Initiative:
    """An idea that was born of `group`, with its first step."""
    made = Initiative.objects.create(
        group=group, **{"title": f"Essai {following()}", "started_on": date(2026, 1, 15), **fields}
    )
    InitiativeStep.objects.create(initiative=made, on=made.started_on, stage=made.stage, text="L'idée est née.")
    return made


def make_letter(group: Group, **fields: Any) -> Newsletter:
    """A draft of a letter with its opening words."""
    values = {"title": f"Nouvelles {following()}", "introduction": "Bonjour à vous.", **fields}
    return Newsletter.objects.create(group=group, **{"start": date(2026, 1, 1), "end": date(2026, 3, 31), **values})


def make_story(group: Group, member: Member | None = None, parts: Any = (1,), **fields: Any) -> ValueStory:
    """A story of `member` that tells the cycles `parts`."""
    made = ValueStory.objects.create(group=group, told_by=member, **{"title": f"Récit {following()}", **fields})
    for cycle in parts:
        made.parts.create(cycle=cycle, text=f"Ce qui s'est passé, cycle {cycle}.")
    return made
