"""Meetings and trainings in the portraits: who counts, where, and what is read outside the team."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import Http404

from maillage.concertation.models import Attendance, GuestCount
from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics.gatherings import gatherings
from tests.factories import (
    make_division,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_program,
    make_user,
)

pytestmark = pytest.mark.django_db
YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


@pytest.fixture
def program(db: None) -> Program:
    """A programme with a table that held a meeting, a training and a cancelled meeting in 2025."""
    return make_program(start=date(2024, 1, 1), end=date(2025, 12, 31))


def held(group: Any, day: date, hours: int = 2, **fields: Any) -> Any:
    starts = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    fields = {"state": "held", **fields}
    return make_meeting(group, starts_at=starts, ends_at=starts.replace(hour=15 + hours), **fields)


def counts(program: Program, table: str, **asked: Any) -> dict[str, float | None]:
    made = gatherings(program=program, **asked)
    return {row.code: row.count for row in made.table(table).rows if row.count != 0}


def test_participations_participants_and_hours_are_counted_by_category(program: Program) -> None:
    group = make_group(programs=[program])
    tenant, worker = make_group_member(group, capacity="tenant"), make_group_member(group)
    first = held(group, date(2025, 3, 1))
    second = held(group, date(2025, 4, 1), kind="training", hours=3)
    for meeting in (first, second):
        Attendance.objects.create(meeting=meeting, person=tenant.person, name="Une personne", capacity="tenant")
    Attendance.objects.create(meeting=first, person=worker.person, name="Une autre", capacity="community")
    Attendance.objects.create(meeting=first, name="De passage", capacity="citizen")
    GuestCount.objects.create(meeting=second, capacity="tenant", count=4)
    assert counts(program, "meetings", **YEAR) == {"meeting": 1, "training": 1}
    assert counts(program, "meeting_hours", **YEAR) == {"meeting": 2, "training": 3}
    assert counts(program, "participations_by_capacity", **YEAR) == {"tenant": 6, "community": 1, "citizen": 1}
    assert counts(program, "participants_by_capacity", **YEAR) == {"tenant": 1, "community": 1}


def test_what_was_not_held_for_the_programme_does_not_count(program: Program) -> None:
    group = make_group(programs=[program])
    held(group, date(2025, 3, 1), state="cancelled", cancel_reason="neige")
    held(group, date(2025, 3, 2), state="planned")
    held(group, date(2023, 3, 2))
    held(make_group(programs=[make_program()]), date(2025, 3, 3))
    noted = held(group, date(2025, 3, 4), state="planned")
    Attendance.objects.create(meeting=noted, name="Une personne")
    assert counts(program, "meetings") == {"meeting": 1}


def test_a_group_of_two_programmes_counts_once_in_each(program: Program) -> None:
    other = make_program(start=date(2024, 1, 1))
    held(make_group(programs=[program, other]), date(2025, 3, 1))
    assert counts(program, "meetings") == counts(other, "meetings") == {"meeting": 1}


def test_one_mrc_is_that_of_the_place_else_of_the_group(program: Program) -> None:
    here, there = program.territory.children.order_by("code")[:2]
    town = make_division("municipality", parent=there)
    group = make_group(programs=[program], territory=here)
    held(group, date(2025, 3, 1))
    held(group, date(2025, 3, 2), kind="training", division=town)
    assert counts(program, "meetings", territory=here.code) == {"meeting": 1}
    assert counts(program, "meetings", territory=there.code) == {"training": 1}


def test_others_read_protected_figures_of_finished_periods(program: Program) -> None:
    partner = make_member(program, "partner").user
    group = make_group(programs=[program])
    meeting = held(group, date(2025, 3, 1))
    for capacity, count in {"tenant": 61, "community": 48, "research": 1}.items():
        GuestCount.objects.create(meeting=meeting, capacity=capacity, count=count)
    made = gatherings(program=program, actor=partner, **YEAR)
    assert made.protected
    assert [table.id for table in made.tables] == ["meetings", "participations_by_capacity"]
    rows = {row.code: row for row in made.table("participations_by_capacity").rows}
    assert rows["tenant"].count is not None
    assert rows["tenant"].count % 5 == 0
    assert abs(rows["tenant"].count - 61) <= 8
    assert all(row.hidden for row in made.table("meetings").rows)
    assert made == type(made)(**{name: getattr(made, name) for name in made.__dataclass_fields__})
    with pytest.raises(Refused):
        gatherings(program=program, actor=partner, start=date(2025, 3, 1), end=date(2025, 3, 15))
    with pytest.raises(Refused):
        gatherings(program=program, actor=partner, territory=program.territory.children.first().code, **YEAR)
    with pytest.raises(Http404):
        gatherings(program=program, actor=make_user(), **YEAR)


def test_the_page_shows_them_and_the_portrait_leads_there(program: Program, as_role: Any) -> None:
    group = make_group(programs=[program])
    GuestCount.objects.create(meeting=held(group, date(2025, 3, 1)), capacity="tenant", count=12)
    client = as_role(program, "worker")
    address = f"/portraits/{program.slug}/rencontres/"
    assert address in client.get(f"/portraits/{program.slug}/").content.decode()
    shown = client.get(f"{address}?annee=2025").content.decode()
    assert "Participations par catégorie" in shown
    assert "Locataire" in shown
    assert "Heures de rencontre" in shown
    outside = as_role(program, "partner").get(address).content.decode()
    assert "Chiffres protégés" in outside
    assert "Heures de rencontre" not in outside
    assert as_role(make_program(), "worker").get(address).status_code == 404
    assert "choisissez dans la liste" in client.get(f"{address}?annee=hier").content.decode()


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_takes_the_same_few_queries(
    program: Program, as_role: Any, many: int, django_assert_max_num_queries: Any
) -> None:
    group = make_group(programs=[program])
    for rank in range(many):
        GuestCount.objects.create(meeting=held(group, date(2025, 3, 1 + rank % 28)), capacity="tenant", count=2)
    client = as_role(program, "coordinator")
    address = f"/portraits/{program.slug}/rencontres/"
    client.get(address)
    with django_assert_max_num_queries(12):
        answer = client.get(address)
    assert len(answer.content) < 60_000
