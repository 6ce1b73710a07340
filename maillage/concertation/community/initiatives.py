"""Page-ready reads of initiatives, and the order of their stages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from maillage.concertation.enums import InitiativeStage
from maillage.concertation.models import Group, Initiative, InitiativeStep

# The way of most initiatives; one may stop anywhere, or come back.
WAY = (
    InitiativeStage.IDEA,
    InitiativeStage.EXPLORING,
    InitiativeStage.SEEKING,
    InitiativeStage.TRYING,
    InitiativeStage.UNDER_WAY,
    InitiativeStage.HANDED_OVER,
)
# From here on, something is done that was not done before.
ACTING = (InitiativeStage.TRYING, InitiativeStage.UNDER_WAY, InitiativeStage.HANDED_OVER)
SETTLED = (InitiativeStage.UNDER_WAY, InitiativeStage.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Stone:
    """A stage on the way of an initiative, as it is drawn: passed, current or to come."""

    label: Any
    passed: bool
    current: bool


def way_of(initiative: Initiative) -> list[Stone]:
    """The stages in their order, with where `initiative` stands; one that stopped shows how far it went."""
    steps = [InitiativeStage(step.stage) for step in initiative.steps.all()]
    reached = [WAY.index(stage) for stage in (*steps, InitiativeStage(initiative.stage)) if stage in WAY]
    farthest = max(reached, default=-1)
    return [
        Stone(stage.label, number <= farthest and stage != initiative.stage, stage == initiative.stage)
        for number, stage in enumerate(WAY)
    ]


def initiatives_of(group: Group, stage: str = "") -> QuerySet[Initiative]:
    """The initiatives of `group` (at `stage`), those that moved last first, with their organizations."""
    found = Initiative.objects.filter(group=group)
    if stage in InitiativeStage.values:
        found = found.filter(stage=stage)
    return found.prefetch_related("organizations").order_by("-updated_at", "-id")


def public_initiatives(group: Group) -> QuerySet[Initiative]:
    """Those that anybody may read, when the group has a public sheet."""
    found = Initiative.objects.filter(group=group, is_public=True, group__is_public=True)
    return found.prefetch_related("organizations").order_by("-started_on", "-id")


def detailed(found: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """`found` with all that the page of one shows."""
    steps = InitiativeStep.objects.order_by("on", "id")
    return found.select_related("group", "question", "need", "meeting").prefetch_related(
        "organizations", Prefetch("steps", queryset=steps)
    )
