"""What a group learns, as other pages show it: a meeting's, the first page of the group, its public sheet."""

from typing import Any

from django.db.models import F, Value
from django.http import HttpRequest

from maillage.concertation.enums import InitiativeStage
from maillage.concertation.models import Group, Meeting, Question
from maillage.concertation.queries import GroupSeen

from .initiatives import public_initiatives
from .letters import public_letters
from .questions import Wanted, questions_of, told

ON_MEETING, ON_GROUP, ON_SHEET = 20, 4, 8  # lines shown


def meeting_questions_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """The questions attached to a meeting, the newest first."""
    return {"meeting_questions": list(told(Question.objects.filter(meeting=meeting))[:ON_MEETING])}


def waiting_questions_part(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """The questions of the group that nobody answered yet."""
    return {"waiting_questions": list(questions_of(seen.group, Wanted(state="waiting"))[:ON_GROUP])}


def community_sheet_part(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The initiatives and letters of the group that anybody may read, the latest first, in one query."""
    told_of = public_initiatives(group).prefetch_related(None).order_by()
    sent = public_letters(group).order_by()
    lines = told_of.annotate(on=F("started_on"), stands=F("stage")).values("uid", "title", "on", "stands")
    letters = sent.annotate(on=F("end"), stands=Value("")).values("uid", "title", "on", "stands")
    found = lines.union(letters, all=True).order_by("-on", "title")[:ON_SHEET]
    stages = dict(InitiativeStage.choices)
    return {"shown_lines": [{**line, "stage": stages.get(line["stands"], "")} for line in found]}
