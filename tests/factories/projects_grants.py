"""Applications on their way: a fund with its committee, what was granted, signed, paid."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.projects.models import Application, Fund
from maillage.projects.services.grants import decide, note_signature

from .concertation import make_group, make_group_member
from .people import make_user
from .projects_support import make_application, make_call, make_criterion, make_fund


def make_evaluated_fund(program: Any = None, *, criteria: int = 2, **fields: Any) -> Fund:
    """A fund with a committee (a group of its own) and criteria: the first weighs 1, the second 2…"""
    fund = make_fund(program, **{"committee": make_group(), **fields})
    for place in range(criteria):
        make_criterion(fund, position=place, weight=place + 1)
    return fund


def make_reviewer(fund: Fund, **fields: Any) -> Any:
    """A member of the committee of `fund`, with an account."""
    return make_group_member(fund.committee, **fields)


def make_reviewed(fund: Fund | None = None, project: Any = None, **fields: Any) -> Application:
    """An application before its committee."""
    call = make_call(fund or make_evaluated_fund())
    return make_application(
        project, call, **{"state": "reviewed", "submitted_on": timezone.localdate() - timedelta(days=5), **fields}
    )


def make_granted(application: Application | None = None, *, amount: int | None = None, **fields: Any) -> Application:
    """An application granted today (all that it asks, by default), through the service."""
    one = application or make_reviewed(**fields)
    outcome = "granted" if amount is None else "partly"
    given = None if amount is None else Decimal(amount)
    decide(
        actor=make_user(is_administrator=True), application=one, outcome=outcome, amount=given,
        reason="Le besoin est clair.", decided_on=timezone.localdate() - timedelta(days=2),
    )  # fmt: skip
    one.refresh_from_db()
    return one


def make_agreed(application: Application | None = None, **fields: Any) -> Application:
    """One whose letter was signed yesterday."""
    one = make_granted(application, **fields)
    on = timezone.localdate() - timedelta(days=1)
    note_signature(actor=make_user(is_administrator=True), application=one, on=on)
    one.refresh_from_db()
    return one
