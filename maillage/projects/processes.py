"""A démarche (source 004) as one page: its rules, its committee, the communities by year and where their projects stand."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from maillage.concertation.enums import GroupKind
from maillage.concertation.models import Group, Member
from maillage.directory.models import Organization
from maillage.programs.enums import ProgramKind, Role
from maillage.programs.models import Membership, Program

from .enums import ActionState
from .models import Action, ActionSupport, EngagedCommunity, Plan, Project, Review

OPEN = (ActionState.TO_DO, ActionState.UNDER_WAY)
SHOWN = 30  # projects of one community, organizations of one committee
NAMED = 10  # actions without support, reviews


@dataclass(frozen=True, slots=True)
class ProcessSeen:
    """A démarche as somebody sees it: `inside` when they belong to it, `edits` when they coordinate it."""

    program: Program
    inside: bool
    edits: bool


@dataclass(frozen=True, slots=True)
class CommunitySeen:
    """A community with its projects that the person may read, `hrefs` telling those whose own page they see."""

    community: EngagedCommunity
    projects: list[Project] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Committee:
    """A steering committee of the démarche: `opens` when the person sees the group itself."""

    group: Group
    organizations: list[Organization]
    opens: bool


def processes_seen(actor: Any) -> QuerySet[Program]:
    """The démarches that `actor` belongs to: those of this kind, and any programme that a community entered."""
    entered = EngagedCommunity.objects.filter(program=OuterRef("pk")).order_by()
    visible = Program.objects.visible_to(actor).select_related("territory")
    return visible.filter(Q(kind=ProgramKind.PROCESS) | Exists(entered)).order_by("-start", "id")


def process_seen(request: HttpRequest, slug: str) -> ProcessSeen:
    """The démarche of this address: any programme may become one by a community that enters it.

    Outside of it, only when one of its communities has a public project; 404 otherwise.
    """
    actor = request.user
    coordinating = Membership.objects.current().filter(
        user=actor.pk or 0, role=Role.COORDINATOR, program=OuterRef("pk")
    )
    known = Program.objects.select_related("territory").annotate(coordinates=Exists(coordinating.order_by()))
    inside = known.filter(pk__in=Program.objects.visible_to(actor).order_by().values("pk"), slug=slug).first()
    if inside is not None:
        return ProcessSeen(inside, True, bool(getattr(actor, "is_administrator", False) or inside.coordinates))
    shown = Project.objects.public().filter(communities__isnull=False).order_by().values("communities__program")
    return ProcessSeen(get_object_or_404(known, slug=slug, pk__in=shown), False, False)


def projects_readable(actor: Any) -> QuerySet[Project]:
    """Projects that `actor` sees, and those whose sheet anybody reads; `opens` says which the actor sees."""
    seen = Project.objects.visible_to(actor).order_by().values("pk")
    mine = Project.objects.filter(pk=OuterRef("pk"), pk__in=seen).order_by()
    found = Project.objects.filter(Q(is_public=True) | Q(pk__in=seen))
    return found.annotate(opens=Exists(mine)).select_related("promoter")


def communities_of(request: HttpRequest, seen: ProcessSeen) -> list[CommunitySeen]:
    """The communities by the year they entered, with their projects: those tied by hand; inside, those of their territory too.

    Outside of the démarche, only the communities that have a project with a public sheet.
    """
    engaged = EngagedCommunity.objects.filter(program=seen.program).select_related("division")
    communities = list(engaged.order_by("year", "name", "id"))
    readable = projects_readable(request.user).order_by("started_on", "name", "id")
    found: dict[int, dict[int, Project]] = {one.pk: {} for one in communities}
    for project in readable.filter(communities__program=seen.program).annotate(community=F("communities")):
        found.setdefault(project.community, {})[project.pk] = project
    places: dict[int, list[int]] = {}
    for one in communities:
        if one.division_id is not None and seen.inside:
            places.setdefault(one.division_id, []).append(one.pk)
    there = readable.filter(program=seen.program, territories__in=list(places)).annotate(place=F("territories"))
    for local in there if places else ():
        for key in places.get(local.place, ()):
            found[key].setdefault(local.pk, local)
    told = [_community(one, list(found[one.pk].values())) for one in communities]
    return [one for one in told if seen.inside or one.projects]


def _community(community: EngagedCommunity, found: list[Project]) -> CommunitySeen:
    return CommunitySeen(community, found[:SHOWN], max(len(found) - SHOWN, 0))


def committees_of(request: HttpRequest, program: Program) -> list[Committee]:
    """The steering committees of the programme that the person sees, or that have a public sheet, with who sits there."""
    mine = Group.objects.visible_to(request.user).order_by().values("pk")
    opened = Group.objects.filter(pk=OuterRef("pk"), pk__in=mine).order_by()
    found = Group.objects.filter(programs=program, kind=GroupKind.STEERING).filter(Q(is_public=True) | Q(pk__in=mine))
    groups = list(found.annotate(opens=Exists(opened)).order_by("name", "id")[:NAMED])
    sitting: dict[int, dict[int, Organization]] = {}
    if groups:
        seats = Member.objects.current().filter(group__in=groups, organization__isnull=False)
        for seat in seats.select_related("organization").order_by("organization__name", "id"):
            if seat.organization is not None:
                sitting.setdefault(seat.group_id, {})[seat.organization.pk] = seat.organization
    return [Committee(one, list(sitting.get(one.pk, {}).values())[:SHOWN], bool(one.opens)) for one in groups]


def plans_of_process(actor: Any, program: Program) -> QuerySet[Plan]:
    """The plans of the démarche that `actor` sees: its own, its committees', its projects'."""
    own = Q(program=program) | Q(project__program=program)
    committees = Q(group__programs=program, group__kind=GroupKind.STEERING)
    keys = Plan.objects.filter(own | committees).order_by().values("pk")
    return Plan.objects.visible_to(actor).filter(pk__in=keys)


def work_of_process(request: HttpRequest, program: Program) -> dict[str, Any]:
    """What its plans say: actions still open, those without a named support, the yearly reviews."""
    plans = plans_of_process(request.user, program).order_by().values("pk")
    named = ActionSupport.objects.filter(action=OuterRef("pk")).order_by()
    waiting = Action.objects.filter(state__in=OPEN, carried_to=None, objective__plan__in=plans)
    waiting = waiting.select_related("objective__plan")
    # Those without support first, each row with both totals: one read.
    counted = waiting.annotate(supported=Exists(named), whole=Window(Count("pk")))
    first = list(counted.order_by("supported", F("due_on").asc(nulls_last=True), "id")[:NAMED])
    alone = [action for action in first if not action.supported]
    reviews = Review.objects.filter(plan__in=plans).select_related("plan")
    whole = first[0].whole if first else 0
    lacking = len(alone) if len(alone) < NAMED else waiting.filter(~Exists(named)).count()
    return {
        "open_count": whole,
        "alone_count": lacking,
        "alone": alone,
        "reviews": list(reviews.order_by("-year", "-id")[:NAMED]),
    }
