"""Activities in the portraits: what counts, where, and what is read outside the team."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics.activities import activities
from tests.factories import make_member, make_program, make_project, make_site, make_user
from tests.factories.projects_activities import make_activity, make_headcount, make_session

pytestmark = pytest.mark.django_db
YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


@pytest.fixture
def program(db: None) -> Program:
    return make_program(start=date(2024, 1, 1), end=date(2025, 12, 31))


def counts(program: Program, table: str, **asked: Any) -> dict[str, float | None]:
    made = activities(program=program, **{**YEAR, **asked})
    return {row.code: row.count for row in made.table(table).rows if row.count != 0}


def test_participations_and_participants_are_counted_apart(program: Program) -> None:
    garden = make_activity(project=make_project(program=program), kind="garden")
    for month in (5, 6):
        session = make_session(garden, date(2025, month, 4), adults=10, seniors=4)
    session.minutes = 90
    session.save()
    make_headcount(garden, adults=12, seniors=4)
    course = make_activity(program=program, kind="course", state="held")
    make_session(course, date(2025, 7, 1))
    assert counts(program, "sessions") == {"garden": 2, "course": 1}
    assert counts(program, "session_hours") == {"garden": 1.5}
    assert counts(program, "participations_by_audience") == {"adults": 20, "seniors": 8}
    assert counts(program, "participants_by_audience") == {"adults": 12, "seniors": 4}
    made = activities(program=program, start=date(2025, 6, 1), end=date(2025, 6, 30))
    assert {row.count for row in made.table("participants_by_audience").rows} == {0}
    assert "1 activité qui déborde" in made.table("participants_by_audience").note
    assert counts(program, "participations_by_audience", start=date(2025, 6, 1)) == {"adults": 10, "seniors": 4}


def test_what_was_not_held_for_the_programme_does_not_count(program: Program) -> None:
    make_session(make_activity(program=program, state="cancelled"), date(2025, 3, 1), adults=3)
    make_session(make_activity(program=program), date(2025, 3, 2))
    make_session(make_activity(program=make_program()), date(2025, 3, 2), adults=3)
    make_session(
        make_activity(program=make_program(), project=make_project(program=program)), date(2025, 3, 2), adults=3
    )
    make_session(make_activity(program=program), date(2023, 3, 2), adults=3)
    assert counts(program, "sessions") == {}


def test_one_mrc_is_that_of_the_place_else_of_the_sites_else_of_the_project(program: Program) -> None:
    here, there = program.territory.children.order_by("code")[:2]
    make_session(make_activity(program=program, division=here, kind="camp"), date(2025, 3, 1), youth=33)
    shared = make_activity(program=program, kind="garden")
    shared.sites.add(make_site(program, mrc=here), make_site(program, mrc=there))
    make_session(shared, date(2025, 3, 2), adults=5)
    project = make_project(program=program)
    project.territories.add(there)
    make_session(make_activity(project=project, kind="kitchen"), date(2025, 3, 3), adults=5)
    assert counts(program, "sessions", territory=here.code) == {"camp": 1, "garden": 1}
    assert counts(program, "sessions", territory=there.code) == {"garden": 1, "kitchen": 1}
    assert counts(program, "sessions") == {"camp": 1, "garden": 1, "kitchen": 1}


def test_others_read_protected_figures_of_finished_periods(program: Program) -> None:
    partner = make_member(program, "partner").user
    activity = make_activity(program=program)
    make_session(activity, date(2025, 3, 1), adults=61, seniors=48, children=1)
    make_headcount(activity, adults=61)
    made = activities(program=program, actor=partner, **YEAR)
    assert made.protected
    assert [table.id for table in made.tables] == ["sessions", "participations_by_audience"]
    rows = {row.code: row for row in made.table("participations_by_audience").rows}
    assert rows["adults"].count is not None
    assert rows["adults"].count % 5 == 0
    assert abs(rows["adults"].count - 61) <= 8
    assert rows["children"].count != 1
    assert all(row.hidden for row in made.table("sessions").rows)
    with pytest.raises(Refused):
        activities(program=program, actor=partner, start=date(2025, 3, 1), end=date(2025, 3, 15))
    with pytest.raises(Refused):
        activities(program=program, actor=partner, territory=program.territory.children.first().code, **YEAR)
    with pytest.raises(Http404):
        activities(program=program, actor=make_user(), **YEAR)


def test_the_page_shows_them_and_the_portrait_leads_there(program: Program, as_role: Any) -> None:
    make_session(make_activity(program=program, kind="camp"), date(2025, 3, 1), youth=33)
    client, address = as_role(program, "worker"), f"/portraits/{program.slug}/activites/"
    assert address in client.get(f"/portraits/{program.slug}/").content.decode()
    shown = client.get(f"{address}?annee=2025").content.decode()
    assert "Participations aux activités par catégorie" in shown
    assert "Jeunes (12 à 17 ans)" in shown

    outside = as_role(program, "partner").get(address).content.decode()
    assert "Chiffres protégés" in outside
    assert "Participants aux activités" not in outside
    assert as_role(make_program(), "worker").get(address).status_code == 404


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_takes_the_same_few_queries(
    program: Program, as_role: Any, many: int, django_assert_max_num_queries: Any
) -> None:
    for rank in range(many):
        activity = make_activity(program=program)
        make_session(activity, date(2025, 3, 1 + rank % 28), adults=2)
        make_headcount(activity, adults=2)
    client, address = as_role(program, "coordinator"), f"/portraits/{program.slug}/activites/"
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
