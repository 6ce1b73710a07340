"""Each primary rule, through the service, on programmes made for it."""

from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.core.errors import Refused
from maillage.statistics.models import ProtectionPolicy
from maillage.statistics.release.frozen import portraits
from maillage.statistics.services import releases
from tests.factories import make_entry, make_member, make_organization, make_program, make_site

pytestmark = pytest.mark.django_db


def make_busy(entries=60, workers=8, organizations=8, *, consent=True, persons=2, **fields):
    """A programme with one large MRC, whose entries all look alike."""
    program = make_program(end=date(2015, 12, 31))
    homes = [make_organization() for _ in range(organizations)]
    people = [make_member(program, organization=homes[n % organizations]) for n in range(workers)]
    for n in range(entries):
        day = date(2014, n % 12 + 1, 1 + n % 28)
        make_entry(program, people[n % workers], date=day, persons=persons, **fields)
    if consent:
        ProtectionPolicy.objects.create(program=program, consent="Toute l'équipe", consent_on=date(2014, 1, 1))
    return program, people


def prepared(program, **options):
    return releases.prepare(
        actor=PRODUCT, program=program, period="year", start=date(2014, 1, 1), **{"levels": ["whole"], **options}
    )


def reasons(release, table, row, area="", column=""):
    return release.findings["reasons"].get(f"{table}|{area}|{row}|{column}")


def row(release, table, code, area=0):
    return next(row for row in portraits(release)[area].table(table).rows if row.code == code)


def test_one_to_four_entries_are_hidden_and_five_are_not():
    program, people = make_busy()
    for _ in range(4):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["grief"])
    for _ in range(5):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["food"])
    draft = prepared(program)
    assert reasons(draft, "themes", "grief") == ["count"]
    assert reasons(draft, "themes", "food") is None
    hidden, shown = row(draft, "themes", "grief"), row(draft, "themes", "food")
    assert (hidden.count, hidden.share, hidden.hidden) == (None, None, True)
    assert (shown.count, shown.hidden) == (5, False)


def test_sensitive_terms_have_a_higher_threshold():
    program, people = make_busy()
    for _ in range(9):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["violence"])
    for _ in range(10):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["substance"])
    draft = prepared(program)
    assert reasons(draft, "themes", "violence") == ["sensitive"]
    assert reasons(draft, "themes", "substance") is None


def test_the_work_of_few_people_is_hidden_unless_they_agreed():
    program, people = make_busy(consent=False)
    for _ in range(20):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["school"])
    for person in people[:5] * 4:
        make_entry(program, person, date=date(2014, 3, 1), themes=["food"])
    draft = prepared(program)
    assert "workers" in reasons(draft, "themes", "school")
    assert reasons(draft, "themes", "food") is None
    ProtectionPolicy.objects.create(program=program, consent="Toute l'équipe", consent_on=date(2014, 1, 1))
    assert reasons(prepared(program), "themes", "school") is None


def test_two_organizations_or_one_that_dominates_are_hidden():
    program, people = make_busy(consent=False, workers=12, organizations=3)
    for person in [one for n, one in enumerate(people) if n % 3 < 2] * 3:
        make_entry(program, person, date=date(2014, 3, 1), themes=["school"])
    for person in [one for n, one in enumerate(people) if n % 3 == 0] * 10 + people[:6]:
        make_entry(program, person, date=date(2014, 3, 1), themes=["food"])
    draft = prepared(program)
    assert reasons(draft, "themes", "school") == ["organizations"]
    assert reasons(draft, "themes", "food") == ["dominance"]


def test_workers_whose_organization_is_not_known_count_as_one():
    program, _people = make_busy(consent=False)
    strangers = [make_member(program) for _ in range(6)]
    for person in strangers * 3:
        make_entry(program, person, date=date(2014, 3, 1), themes=["school"])
    assert "organizations" in reasons(prepared(program), "themes", "school")


def test_an_area_where_few_were_met_publishes_nothing():
    program, people = make_busy()
    second = program.territory.children.order_by("code").last()
    site = make_site(program, mrc=second)
    for n in range(19):
        make_entry(program, people[n % 8], site=site, date=date(2014, 3, 1), persons=2)
    draft = prepared(program, levels=["whole", "mrc"])
    assert "area" in reasons(draft, "nature", "", area=second.code)
    area = portraits(draft)[2]
    assert area.entries is None
    assert all(row.count is None for table in area.tables for row in table.rows if table.id == "nature")
    assert row(draft, "territory", second.code).count is None
    make_entry(program, people[0], site=site, date=date(2014, 3, 1), persons=2)
    assert portraits(prepared(program, levels=["whole", "mrc"]))[2].entries == 20


def test_a_zero_that_says_something_of_a_small_group_is_hidden():
    program, people = make_busy()
    referral = [{"destination": "health", "need": "food"}]
    for n in range(12):
        make_entry(program, people[n % 8], date=date(2014, 3, 1), persons=5, persons_referred=1, referrals=referral)
    draft = prepared(program)
    assert "zero" in reasons(draft, "referral_need_health", "budget")  # of 12 persons, nobody asked for it
    assert reasons(draft, "contact_place", "park") is None  # of 72 entries, none was there: it tells of nobody


def test_a_share_of_few_is_not_shown():
    program, people = make_busy()
    for n in range(9):
        make_entry(program, people[n % 8], date=date(2014, 3, 1), contact_rank="first")
    draft = prepared(program, tables=["contact_rank", "nature"])
    ranks = portraits(draft)[0].table("contact_rank")
    assert all(row.share is None for row in ranks.rows)
    assert row(draft, "nature", "individual").share == 1


def test_a_sum_that_few_entries_make_is_as_telling_as_they_are():
    program, people = make_busy()
    for _ in range(3):
        make_entry(
            program,
            people[0],
            date=date(2014, 3, 1),
            nature="collective",
            collective_kind="group_project",
            participations=40,
        )
    draft = prepared(program)
    assert "count" in reasons(draft, "participations", "group_project")
    assert row(draft, "participations", "group_project").count is None


def test_thresholds_go_up_with_the_policy():
    program, people = make_busy()
    for _ in range(9):
        make_entry(program, people[0], date=date(2014, 3, 1), themes=["food"])
    assert reasons(prepared(program), "themes", "food") is None
    ProtectionPolicy.objects.filter(program=program).update(threshold=10)
    assert reasons(prepared(program), "themes", "food") == ["count"]


def test_a_programme_where_everything_would_be_hidden_publishes_nothing():
    program, _people = make_busy(entries=12, workers=1, organizations=1, consent=False)
    with pytest.raises(Refused, match="Tous les chiffres seraient cachés"):
        prepared(program, tables=["nature", "tenure"])
