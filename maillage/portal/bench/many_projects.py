"""As many projects as a region has in ten years, and a plan as long as any: 500 projects, 300 actions. Invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.services import open_account
from maillage.concertation.models import Group, Member
from maillage.directory.models import Organization, Person
from maillage.programs.models import CodingFrame, Membership, Program
from maillage.projects.models import (
    Action,
    ActionSupport,
    Activity,
    Application,
    BudgetLine,
    Call,
    FinalReport,
    Fund,
    Headcount,
    Objective,
    Plan,
    Project,
    ProjectPartner,
    ProjectStep,
    Result,
    Session,
    Turnout,
)
from maillage.territories.models import Division

OBJECTIVES = 15
EFFECTS = ("activities", "climate", "knowledge", "conflicts", "safety", "reputation", "ties", "continuity")


@dataclass(slots=True)
class ManyProjects:
    """What was written, with one of each thing that has a page."""

    coordinator: User
    program: Program
    group: Group
    project: Project
    plan: Plan
    action: Action
    fund: Fund
    application: Application
    activity: Activity


def make(projects: int, actions: int) -> ManyProjects:
    """Write them in the database of this connection. The caller holds the transaction, and undoes it."""
    coordinator = open_account(email="banc@demo.maillage.test", full_name="Banc d'Essai", password="x" * 20)
    region = Division.objects.create(level="region", code="banc", name="Région du banc")
    mrcs = [Division.objects.create(level="mrc", code=f"b{n}", name=f"MRC {n}", parent=region) for n in range(10)]
    program = Program.objects.create(
        slug="banc-projets",
        name="Programme du banc",
        start=date(2013, 1, 1),
        territory=region,
        frame=CodingFrame.objects.create(name="Banc"),
    )
    Membership.objects.create(program=program, user=coordinator, role="coordinator", label="Banc", start=program.start)
    group = Group.objects.create(slug="banc-projets", name="Groupe du banc")
    group.programs.add(program)
    person = Person.objects.create(name=coordinator.full_name, email=coordinator.email, user=coordinator)
    member = Member.objects.create(group=group, person=person, role="coordinator")
    organizations = Organization.objects.bulk_create(Organization(name=f"Organisation {n}") for n in range(60))
    made = _projects(program, group, mrcs, organizations, projects)
    plan, last = _plan(group, member, organizations, actions)
    fund, application = _money(program, group, made)
    activity = _life(program, made)
    return ManyProjects(coordinator, program, group, made[0], plan, last, fund, application, activity)


def _projects(
    program: Program, group: Group, mrcs: list[Division], organizations: list[Organization], count: int
) -> list[Project]:
    start = date(2013, 1, 1)
    found = Project.objects.bulk_create(
        Project(
            slug=f"banc-{n}", name=f"Projet {n}", group=group, program=program, summary="Agir ensemble.", stage="under_way",
            promoter=organizations[n % 60], started_on=start + timedelta(days=7 * n), is_public=n % 2 == 0, search=f"projet {n}",
        )
        for n in range(count)
    )  # fmt: skip
    Project.territories.through.objects.bulk_create(
        Project.territories.through(project_id=one.pk, division_id=mrcs[(n + turn) % 10].pk)
        for n, one in enumerate(found)
        for turn in range(1 + n % 2)
    )
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=one, organization=organizations[(n + turn) % 60], kind="time")
        for n, one in enumerate(found)
        for turn in range(3)
    )
    ProjectStep.objects.bulk_create(ProjectStep(project=one, after="under_way", on=start) for one in found)
    return found


def _plan(group: Group, member: Member, organizations: list[Organization], count: int) -> tuple[Plan, Action]:
    year = timezone.localdate().year
    plan = Plan.objects.create(group=group, title="Plan du banc", start=date(year, 1, 1), end=date(year, 12, 31))
    objectives = [Objective.objects.create(plan=plan, position=n, title=f"Objectif {n}") for n in range(OBJECTIVES)]
    actions = Action.objects.bulk_create(
        Action(
            objective=objectives[n % OBJECTIVES], position=n, title=f"Action {n}", starts_on=plan.start,
            state=("to_do", "under_way", "done")[n % 3], due_on=plan.start + timedelta(days=n % 360 + 1),
            indicator="personnes", target=Decimal(10),
        )
        for n in range(count)
    )  # fmt: skip
    Action.members.through.objects.bulk_create(
        Action.members.through(action_id=one.pk, member_id=member.pk) for one in actions[::2]
    )
    ActionSupport.objects.bulk_create(
        ActionSupport(action=one, organization=organizations[n % 60]) for n, one in enumerate(actions) if n % 4
    )
    return plan, actions[-1]


def _money(program: Program, group: Group, projects: list[Project]) -> tuple[Fund, Application]:
    fund = Fund.objects.create(
        slug="banc", program=program, name="Mesure du banc", envelope=Decimal(5_000_000), start=program.start
    )
    call = Call.objects.create(fund=fund, title="Appel", opens_on=date(2013, 1, 1), closes_on=date(2013, 6, 30))
    applications = Application.objects.bulk_create(
        Application(call=call, project=one, group=group, state="closed", asked=Decimal(5_500), granted=Decimal(5_500))
        for one in projects
    )
    for side, kind, amount in (("cost", "", 9_000), ("source", "asked", 5_500), ("source", "money", 3_500)):
        BudgetLine.objects.bulk_create(
            BudgetLine(
                application=one, side=side, kind=kind, label=side, amount=Decimal(amount), actual=Decimal(amount)
            )
            for one in applications
        )
    FinalReport.objects.bulk_create(
        FinalReport(application=one, results="Des liens.", participants=40) for one in applications
    )
    return fund, applications[0]


def _life(program: Program, projects: list[Project]) -> Activity:
    activities = Activity.objects.bulk_create(
        Activity(program=program, project=one, kind="workshop", state="held", title=f"Activité {n}")
        for n, one in enumerate(projects)
    )
    sessions = Session.objects.bulk_create(
        Session(activity=one, on=date(2014, 1, 1) + timedelta(days=30 * turn), minutes=90)
        for one in activities
        for turn in range(4)
    )
    Turnout.objects.bulk_create(Turnout(session=one, audience="adults", participations=12) for one in sessions)
    Headcount.objects.bulk_create(Headcount(activity=one, audience="adults", participants=20) for one in activities)
    Result.objects.bulk_create(
        Result(project=one, effect=EFFECTS[n % 8], statement="Des liens sont nés.") for n, one in enumerate(projects)
    )
    return activities[0]
