from datetime import date

import pytest

from maillage.statistics.queries import portrait
from tests.factories import make_entry, make_program

pytestmark = pytest.mark.django_db


def rows(table):
    return {row.code: row.count for row in table.rows}


def test_each_table_of_the_contract_is_there_for_a_programme_without_entries():
    program = make_program()
    made = portrait(program=program)
    assert made.entries == 0
    contract = {
        "tenure", "groups_reached", "nature", "persons_referred", "referral_destination", "referral_need_health",
        "referral_need_community", "collective_kind", "action", "contact_place", "axes", "axes_crossing", "territory",
        "coverage", "hours_by_role", "monthly", "themes",
    }  # fmt: skip
    assert contract <= {table.id for table in made.tables}
    assert rows(made.table("tenure")) == {"omh": 0, "obnl": 0, "coop": 0, "other": 0}


def test_denominators_are_those_of_the_published_statistics():
    program = make_program()
    make_entry(program, groups=["youth", "family"], axes=["SOM", "DCL"], persons=3)
    make_entry(
        program,
        groups=["senior"],
        axes=["SOM"],
        persons=2,
        persons_referred=1,
        referrals=[
            {"destination": "health", "need": "mental_health"},
            {"destination": "housing_office", "need": "housing"},
        ],
    )
    make_entry(program, nature="collective", collective_kind="group_project", groups=["family"], persons=9)
    made = portrait(program=program)
    groups = made.table("groups_reached")
    assert rows(groups)["youth_family"] == 2  # entries that reach youth or families: a union, not a sum
    assert (rows(groups)["youth"], rows(groups)["family"], rows(groups)["senior"]) == (1, 2, 1)
    assert [r.depth for r in groups.rows if r.code in ("youth_family", "youth")] == [0, 1]
    persons = made.table("persons_referred")
    assert persons.denominator == 5
    assert rows(persons) == {"referred": 1, "not_referred": 4}
    destinations = made.table("referral_destination")
    assert destinations.denominator == 2
    assert (rows(destinations)["other"], rows(destinations)["housing_office"]) == (1, 1)
    assert made.table("referral_need_health").denominator == 1
    assert made.table("referral_need_community").denominator == 0
    assert made.table("collective_kind").denominator == 1
    crossing = {row.code: row.counts for row in made.table("axes_crossing").rows}
    assert crossing["SOM"][:2] == (2, 1)
    assert crossing["DCL"][:2] == (1, 1)


def test_a_period_and_a_filter_count_only_their_entries():
    program = make_program(end=date(2016, 12, 31))
    make_entry(program, date=date(2014, 3, 1), themes=["food"])
    make_entry(program, date=date(2015, 3, 1), themes=["food"])
    made = portrait(program=program, start=date(2014, 1, 1), end=date(2014, 12, 31))
    assert made.entries == 1
    assert rows(made.table("monthly"))["2014-03"] == 1
    assert len(made.table("monthly").rows) == 12
    assert portrait(program=program, filters={"theme": ["grief"]}).entries == 0
    assert portrait(program=program, filters={"theme": ["food"]}).entries == 2
