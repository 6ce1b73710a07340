"""Activities, their sessions and what was counted there; sources of funding and requests."""

from datetime import date
from typing import Any

from maillage.projects.models import Activity, FundingSource, Headcount, Session, Turnout

from .counter import following
from .projects import make_project


def make_activity(**fields: Any) -> Activity:
    """An activity of a project (a new one unless a project or a programme is given)."""
    if not {"project", "program"} & set(fields):
        fields["project"] = make_project()
    return Activity.objects.create(**{"title": f"Activité inventée {following()}", **fields})


def make_session(activity: Activity, on: date = date(2026, 3, 1), **participations: int) -> Session:
    """A session of `activity`, with the participations of each category."""
    session = Session.objects.create(activity=activity, on=on)
    for audience, count in participations.items():
        Turnout.objects.create(session=session, audience=audience, participations=count)
    return session


def make_headcount(activity: Activity, **participants: int) -> None:
    """The participants of `activity`, by category."""
    for audience, count in participants.items():
        Headcount.objects.create(activity=activity, audience=audience, participants=count)


def make_source(**fields: Any) -> FundingSource:
    """A programme of a funder; `territories` are divisions."""
    territories = fields.pop("territories", ())
    values = {
        "name": f"Programme inventé {following()}",
        "funder": "Fondation inventée",
        "kind": "foundation",
        **fields,
    }
    source = FundingSource.objects.create(**values)
    source.territories.set(territories)
    return source
