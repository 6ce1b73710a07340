"""The life of the nine supported projects, from the need to the report: each fact on its day, through the services of the product.

Who accompanies the teams opens and leads the projects; who coordinates keeps the measure, and copies what came on paper.
"""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.core.errors import NotAllowed
from maillage.projects.models import Activity, Application, Project
from maillage.projects.services.activities import add_activity
from maillage.projects.services.application_receipt import hand_to_committee
from maillage.projects.services.applications import edit_application, save_budget, submit_application
from maillage.projects.services.evaluation import score_application
from maillage.projects.services.final_reports import accept_report, submit_report
from maillage.projects.services.grants import decide, note_signature
from maillage.projects.services.paper_applications import record_application
from maillage.projects.services.payments import pay
from maillage.projects.services.project_needs import take_needs
from maillage.projects.services.project_team import save_partner
from maillage.projects.services.projects import edit_project, open_project, show_project
from maillage.projects.services.results import add_proof, add_result
from maillage.projects.services.sessions import add_sessions, count_participants
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
        application = _application(ground, measure, told, project, number)
        _evaluated(measure, application, number)
        _granted(ground, application, told, number)
        walk(ground.worker, project, _stages(told), told.continuity)
        _activities(ground.worker, told, project, number)
        _told(ground.worker, told, project)
        _reported(ground, application, told, number)


def _project(ground: Ground, told: Supported, number: int) -> Project:
    group = ground.team(told.team)
    need = named(group, told.need, told.start - timedelta(days=260), told.summary, f"NEUF{number}DEMO")
    mrcs = [ground.mrc(name) for name in told.mrcs]
    sites = HousingSite.objects.filter(mrc__in=mrcs, closed_on=None).order_by("-units", "id")[: 2 + number % 2]
    project = open_project(
        actor=ground.worker, group=group, program=ground.second, sites=sites, territories=mrcs, confirmed=True,
        born_on=told.start - timedelta(days=240), name=told.name, population=told.population, summary=told.summary,
        reach="supralocal" if len(mrcs) > 1 else "local", issue="Lutte contre la pauvreté et l'exclusion",
        description=f"{told.summary} Le projet part d'un besoin que des locataires ont nommé : {told.need.lower()}.",
        funding=f"Mesure de soutien de l'Entente et partenaires ({len(told.sources)})",
        promoter=office_of(told.mrcs[0]),
    )  # fmt: skip
    take_needs(actor=ground.coordinator, project=project, needs=[need])
    rows = ground.second.partners.select_related("organization").order_by("id")
    for place, row in enumerate(rows[len(told.name) % 5 :][:2]):
        part = {"kind": "time" if place else "expertise", "since": told.start}
        save_partner(actor=ground.worker, project=project, organization=row.organization, values=part, confirmed=True)
    return project


def _stages(told: Supported) -> list[tuple[str, date, str]]:
    return [
        ("seek", told.start - timedelta(days=180), "Recherche de partenaires."),
        ("start", told.start, "Le soutien est confirmé : on commence."),
        ("hand_over", told.end, told.continuity),
    ]


def _application(ground: Ground, measure: Measure, told: Supported, project: Project, number: int) -> Application:
    """It came on paper: who keeps the measure copies it."""
    keeper = ground.coordinator
    call = measure.calls[2013 if told.start < date(2014, 1, 1) else 2014]
    received = call.closes_on - timedelta(days=3 + number)
    application = record_application(actor=keeper, project=project, call=call, received_on=received)
    values = {
        "what": told.summary, "why": told.need, "who": told.population, "when": f"{told.start.year}-{told.end.year}",
        "changes": told.results[0][1], "afterwards": told.continuity, "starts_on": told.start, "ends_on": told.end,
        "payee": project.promoter,
    }  # fmt: skip
    edited = edit_application(
        actor=keeper, application=application, values=values, revision=application.revision, confirmed=True
    )
    save_budget(actor=keeper, application=edited, lines=_lines(told), revision=edited.revision)
    submit_application(actor=keeper, application=application)
    return hand_to_committee(actor=keeper, application=application, on=received + timedelta(days=6))


def _lines(told: Supported) -> list[dict[str, Any]]:
    lines = [("cost", "", label, amount) for label, amount in told.costs]
    lines += [("source", "asked", "Mesure de soutien", told.support)]
    lines += [("source", kind, label, amount) for kind, label, amount in told.sources]
    return [
        {"side": side, "kind": kind, "label": label, "amount": Decimal(amount), "is_confirmed": True}
        for side, kind, label, amount in lines
    ]


def _evaluated(measure: Measure, application: Application, number: int) -> None:
    """Each member of the committee scores; who has an interest in it is refused."""
    for place, judge in enumerate(measure.committee):
        points = {one.pk: (3 + (number + place + turn) % 3, "") for turn, one in enumerate(measure.criteria)}
        with suppress(NotAllowed):
            score_application(actor=judge, application=application, given=points)


def _granted(ground: Ground, application: Application, told: Supported, number: int) -> None:
    keeper, decided = ground.coordinator, application.call.closes_on + timedelta(days=24)
    decide(
        actor=keeper, application=application, outcome="granted", decided_on=decided,
        reason="Le besoin vient des locataires, des partenaires s'engagent et la suite est pensée.",
    )  # fmt: skip
    note_signature(actor=keeper, application=application, on=decided + timedelta(days=12))
    first, _rest = _parts(told)
    reference = f"V-{decided.year}-{number + 1:02}-1"
    pay(actor=keeper, application=application, amount=first, on=decided + timedelta(days=20), reference=reference)


def _parts(told: Supported) -> tuple[Decimal, Decimal]:
    """What is paid at the signature, and what after the report."""
    first = (Decimal(told.support) * 3 / 4).quantize(Decimal("0.01"))
    return first, Decimal(told.support) - first


def _reported(ground: Ground, application: Application, told: Supported, number: int) -> None:
    keeper = ground.coordinator
    values = {
        "results": "\n".join(text for _effect, text, _who in told.results), "participants": told.participants,
        "participations": told.participations, "reached": told.reached, "afterwards": told.continuity,
    }  # fmt: skip
    actual = dict(application.budget.order_by().values_list("pk", "amount"))
    submit_report(
        actor=keeper, application=application, values=values, actual=actual, confirmed=True,
        on=told.end + timedelta(days=30),
    )  # fmt: skip
    _first, rest = _parts(told)
    reference = f"V-{told.end.year}-{number + 1:02}-2"
    pay(actor=keeper, application=application, amount=rest, on=told.end + timedelta(days=40), reference=reference)
    accept_report(actor=keeper, application=application, on=told.end + timedelta(days=45))


def _activities(actor: User, told: Supported, project: Project, number: int) -> Activity:
    """Sessions; heads or participations as they were published, divided among categories."""
    values = {
        "kind": told.kind, "state": "held", "title": told.name, "division": project.territories.order_by("id").first(),
        "provider": project.promoter,
    }  # fmt: skip
    activity = add_activity(
        actor=actor, project=project, values=values, sites=project.sites.order_by("id"), confirmed=True
    )
    audiences = AUDIENCES[told.kind]
    if told.participants is not None:
        times, every = told.sessions - 1, max(1, (told.end - told.start).days // max(1, told.sessions - 1))
        add_sessions(actor=actor, activity=activity, on=told.start, minutes=120, times=times, every=every)
        heads = dict(_by_audience(told.participants, audiences, number))
        count_participants(actor=actor, activity=activity, numbers=heads)
    else:
        assert told.participations is not None
        there = divided(told.participations, told.sessions, number)
        for place, on in enumerate(days_between(told.start, told.end, told.sessions)):
            came = dict(_by_audience(there[place], audiences, number + place))
            add_sessions(actor=actor, activity=activity, on=on, minutes=120, numbers=came)
    return activity


def _told(actor: User, told: Supported, project: Project) -> None:
    """What came of it, with what it rests on; then its public sheet."""
    activity = project.activities.get()
    for effect, statement, who in told.results:
        said = {
            "effect": effect, "statement": statement, "told_as": who, "observed_on": told.end, "is_public": True
        }  # fmt: skip
        result = add_result(actor=actor, project=project, values=said)
        add_proof(actor=actor, result=result, activity=activity, words="Ce que les participants y ont vécu")
    impacts = "\n".join(text for _effect, text, _who in told.results)
    edit_project(actor=actor, project=project, confirmed=True, pride=told.results[0][1], impacts=impacts)
    show_project(actor=actor, project=project, public=True)


def _by_audience(total: int, audiences: tuple[tuple[str, int], ...], seed: int) -> list[tuple[str, int]]:
    weight = sum(share for _audience, share in audiences)
    found = [(audience, total * share // weight) for audience, share in audiences]
    rest = total - sum(heads for _audience, heads in found)
    place = seed % len(found)
    found[place] = (found[place][0], found[place][1] + rest)
    return [(audience, heads) for audience, heads in found if heads]
