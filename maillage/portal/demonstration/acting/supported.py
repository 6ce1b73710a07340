"""Writes the life of the nine supported projects, from the need to the report, with its dates."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from maillage.portal.demonstration.concerting.past import at
from maillage.projects.models import (
    Activity,
    Application,
    ApplicationStep,
    BudgetLine,
    FinalReport,
    GrantDecision,
    Headcount,
    Payment,
    Project,
    ProjectPartner,
    Proof,
    Result,
    Score,
    Session,
    Turnout,
)
from maillage.territories.models import HousingSite

from .ground import Ground, days_between, divided, named, walk
from .measure import Measure, office_of
from .nine import NINE, Supported

AUDIENCES = {
    "workshop": (("children", 5), ("youth", 2), ("adults", 4)),
    "conference": (("adults", 6), ("seniors", 4)),
    "service": (("seniors", 1),),
    "garden": (("children", 2), ("youth", 2), ("adults", 3), ("seniors", 3)),
    "mutual_aid": (("adults", 1),),
}


def load(ground: Ground, measure: Measure) -> None:
    """The nine projects of the table, each with its need, application, decision, payments, activities, report and results."""
    for number, told in enumerate(NINE):
        project = _project(ground, told, number)
        _application(ground, measure, told, project, number)
        _activities(told, project, number)


def _project(ground: Ground, told: Supported, number: int) -> Project:
    group = ground.team(told.team)
    need = named(group, told.need, told.start - timedelta(days=260), told.summary, f"NEUF{number}DEMO")
    mrcs = [ground.mrc(name) for name in told.mrcs]
    project = Project.objects.create(
        slug=told.key,
        name=told.name,
        group=group,
        program=ground.second,
        population=told.population,
        reach="supralocal" if len(mrcs) > 1 else "local",
        issue="Lutte contre la pauvreté et l'exclusion",
        summary=told.summary,
        description=f"{told.summary} Le projet part d'un besoin que des locataires ont nommé : {told.need.lower()}.",
        funding=f"Mesure de soutien de l'Entente et partenaires ({len(told.sources)})",
        pride=told.results[0][1],
        impacts="\n".join(statement for _effect, statement, _who in told.results),
        promoter=office_of(told.mrcs[0]),
        continuity=told.continuity,
        started_on=told.start,
        ended_on=told.end,
        is_public=True,
    )
    project.needs.add(need)
    project.territories.set(mrcs)
    project.sites.set(
        HousingSite.objects.filter(mrc__in=mrcs, closed_on=None).order_by("-units", "id")[: 2 + number % 2]
    )
    _partners(ground, told, project)
    by = str(ground.coordinator)
    steps = [
        ("idea", told.start - timedelta(days=240), "L'équipe locale retient le besoin."),
        ("seeking", told.start - timedelta(days=180), "Recherche de partenaires."),
        ("under_way", told.start, "Le soutien est confirmé : on commence."),
        ("handed_over", told.end, told.continuity),
    ]
    walk(project, steps, by)
    return project


def _partners(ground: Ground, told: Supported, project: Project) -> None:
    rows = ground.second.partners.select_related("organization").order_by("id")
    for place, row in enumerate(rows[len(told.name) % 5 :][:2]):
        ProjectPartner.objects.create(
            project=project, organization=row.organization, kind="time" if place else "expertise", since=told.start
        )


def _application(ground: Ground, measure: Measure, told: Supported, project: Project, number: int) -> None:
    call = measure.calls[2013 if told.start < date(2014, 1, 1) else 2014]
    submitted = call.closes_on - timedelta(days=3 + number)
    decided = call.closes_on + timedelta(days=24)
    asked = Decimal(told.support)
    application = Application.objects.create(
        call=call, project=project, group=project.group, payee=project.promoter, state="closed",
        what=told.summary, why=told.need, who=told.population, when=f"{told.start.year}-{told.end.year}",
        changes=told.results[0][1], afterwards=told.continuity, asked=asked, granted=asked,
        starts_on=told.start, ends_on=told.end, submitted_on=submitted, agreed_on=decided + timedelta(days=12),
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(created_at=at(submitted - timedelta(days=20), 10))
    _budget(application, told)
    _scores(application, measure, number, at(decided, 10))
    GrantDecision.objects.create(
        application=application, outcome="granted", amount=asked, decided_on=decided, by_label=str(ground.coordinator),
        reason="Le besoin vient des locataires, des partenaires s'engagent et la suite est pensée.",
    )  # fmt: skip
    first = (asked * 3 / 4).quantize(Decimal("0.01"))
    for amount, day, reference in (
        (first, decided + timedelta(days=20), f"V-{call.opens_on.year}-{number + 1:02}-1"),
        (asked - first, told.end + timedelta(days=50), f"V-{call.opens_on.year}-{number + 1:02}-2"),
    ):
        Payment.objects.create(
            application=application, amount=amount, on=day, reference=reference, by_label=str(ground.coordinator)
        )
    report = FinalReport.objects.create(
        application=application, results="\n".join(text for _effect, text, _who in told.results),
        participants=told.participants, participations=told.participations, reached=told.reached,
        afterwards=told.continuity, accepted_on=told.end + timedelta(days=45),
    )  # fmt: skip
    FinalReport.objects.filter(pk=report.pk).update(submitted_on=told.end + timedelta(days=30))
    _log(ground, application, submitted, decided, told.end)


def _budget(application: Application, told: Supported) -> None:
    lines = [("cost", "", label, amount) for label, amount in told.costs]
    lines += [("source", "asked", "Mesure de soutien", told.support)]
    lines += [("source", kind, label, amount) for kind, label, amount in told.sources]
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=application, position=place, side=side, kind=kind, label=label, amount=Decimal(amount),
            actual=Decimal(amount), is_confirmed=True,
        )
        for place, (side, kind, label, amount) in enumerate(lines, 1)
    )  # fmt: skip


def _scores(application: Application, measure: Measure, number: int, when: datetime) -> None:
    Score.objects.bulk_create(
        Score(application=application, member=member, criterion=criterion, points=3 + (number + place + turn) % 3)
        for place, member in enumerate(measure.committee)
        for turn, criterion in enumerate(measure.criteria)
    )
    Score.objects.filter(application=application).update(at=when)


def _log(ground: Ground, application: Application, submitted: date, decided: date, end: date) -> None:
    by, before = str(ground.coordinator), ""
    for state, day in (
        ("draft", submitted - timedelta(days=20)), ("submitted", submitted), ("reviewed", submitted + timedelta(days=6)),
        ("granted", decided), ("agreed", decided + timedelta(days=12)), ("reported", end + timedelta(days=30)),
        ("closed", end + timedelta(days=45)),
    ):  # fmt: skip
        step = ApplicationStep.objects.create(application=application, before=before, after=state, on=day, by_label=by)
        ApplicationStep.objects.filter(pk=step.pk).update(at=at(day, 10))
        before = state


def _activities(told: Supported, project: Project, number: int) -> None:
    """Sessions; heads or participations as they were published, divided among categories."""
    activity = Activity.objects.create(
        program=project.program, project=project, kind=told.kind, state="held", title=told.name, place="",
        division=project.territories.order_by("id").first(), provider=project.promoter,
    )  # fmt: skip
    activity.sites.set(project.sites.all())
    audiences = AUDIENCES[told.kind]
    sessions = Session.objects.bulk_create(
        Session(activity=activity, on=day, minutes=120) for day in days_between(told.start, told.end, told.sessions)
    )
    if told.participants is not None:
        for audience, heads in _by_audience(told.participants, audiences, number):
            Headcount.objects.create(activity=activity, audience=audience, participants=heads)
    if told.participations is not None:
        for place, session in enumerate(sessions):
            there = divided(told.participations, len(sessions), number)[place]
            Turnout.objects.bulk_create(
                Turnout(session=session, audience=audience, participations=heads)
                for audience, heads in _by_audience(there, audiences, number + place)
            )
    for effect, statement, who in told.results:
        result = Result.objects.create(
            project=project, effect=effect, statement=statement, told_as=who, observed_on=told.end, is_public=True
        )
        Proof.objects.create(
            result=result, kind="activity", activity=activity, words="Ce que les participants y ont vécu"
        )


def _by_audience(total: int, audiences: tuple[tuple[str, int], ...], seed: int) -> list[tuple[str, int]]:
    weight = sum(share for _audience, share in audiences)
    found = [(audience, total * share // weight) for audience, share in audiences]
    rest = total - sum(heads for _audience, heads in found)
    place = seed % len(found)
    found[place] = (found[place][0], found[place][1] + rest)
    return [(audience, heads) for audience, heads in found if heads]
