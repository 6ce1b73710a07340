"""The journal of 2013–2016 gives every published statistic of source 001, to the printed digit."""

from typing import Any

import pytest
from django.db.models import Count, F, Max, Min, Sum

from maillage.journal.models import Entry, Referral
from maillage.journal.screening import screen
from maillage.portal.demonstration import notes
from maillage.programs.models import Program
from maillage.statistics import queries

pytestmark = pytest.mark.usefixtures("demonstration", "db")

PUBLISHED = [
    ("tenure", "omh", 85),
    ("tenure", "obnl", 7),
    ("tenure", "coop", 4),
    ("groups_reached", "youth_family", 80),
    ("nature", "individual", 55),
    ("nature", "collective", 45),
    ("persons_referred", "referred", 20),
    ("referral_destination", "health", 46),
    ("referral_destination", "community", 35),
    ("referral_need_health", "mental_health", 31),
    ("referral_need_health", "senior_autonomy", 20),
    ("referral_need_community", "food", 34),
    ("referral_need_community", "budget", 18),
    ("collective_kind", "group_project", 66),
    ("collective_kind", "tenant_association", 15),
]


@pytest.fixture
def second(demonstration: None, db: None) -> Program:
    return Program.objects.get(slug="entente-2013-2016")


@pytest.fixture
def tables(second: Program) -> dict[str, Any]:
    return {table["id"]: table for table in queries.portrait(program=second).as_json()["tables"]}


def test_every_published_share(tables: dict[str, Any]) -> None:
    for table, code, percent in PUBLISHED:
        row = next(row for row in tables[table]["rows"] if row["code"] == code)
        assert abs(row["share"] * 100 - percent) < 0.45, (table, code, row)
        assert row["share"] * 100 != pytest.approx(percent, abs=1e-9), "a round figure would not be one of a journal"


def test_coverage_and_hours(tables: dict[str, Any]) -> None:
    coverage = {row["code"]: row["count"] for row in tables["coverage"]["rows"]}
    assert (tables["coverage"]["denominator"], coverage["served"]) == (85, 76)
    assert tables["hours_by_role"]["denominator"] == 161


def test_at_least_ten_thousand_entries_over_the_period(second: Program) -> None:
    entries = second.entries
    assert entries.count() >= 10_000
    days = entries.aggregate(first=Min("date"), last=Max("date"))
    assert days["first"].year == 2013
    assert days["last"].year == 2016
    years = [entries.filter(date__year=year).count() for year in range(2013, 2017)]
    assert years == sorted(years), "the journal grows from year to year"


def test_the_portrait_agrees_with_the_rows(second: Program, tables: dict[str, Any]) -> None:
    individual = second.entries.filter(nature="individual")
    met = individual.aggregate(met=Sum("persons"), referred=Sum("persons_referred"))
    assert tables["persons_referred"]["denominator"] == met["met"]
    assert tables["persons_referred"]["rows"][0]["count"] == met["referred"]
    young = second.entries.filter(terms__code__in=("youth_family", "youth", "family"), terms__vocabulary="group")
    row = next(row for row in tables["groups_reached"]["rows"] if row["code"] == "youth_family")
    assert row["count"] == young.distinct().count()


def test_intensity_is_doubled_in_chosen_sites(second: Program) -> None:
    """Per dwelling among family sites of offices, chosen sites have about twice the entries, or more."""
    lines = second.program_sites.filter(site__tenure="omh", is_served=True, site__units__gte=40)
    counted = lines.annotate(entries=Count("site__entries")).values_list("is_targeted", "entries", "site__units")
    rates = {
        targeted: sum(e / u**0.7 for t, e, u in counted if t == targeted)
        / sum(1 for t, _, _ in counted if t == targeted)
        for targeted in (True, False)
    }
    assert rates[True] > 1.7 * rates[False]


def test_entries_keep_the_rules() -> None:
    assert not Entry.objects.filter(date__gt=F("program__end")).exists()
    assert not Entry.objects.filter(date__lt=F("program__start")).exists()
    assert not Entry.objects.filter(persons_referred__gt=F("persons")).exists()
    assert not Entry.objects.filter(nature="individual", participants__isnull=False).exists()
    assert not Referral.objects.filter(persons__gt=F("entry__persons_referred")).exists()
    served = Entry.objects.filter(site__tenure="omh").values("site").distinct()
    assert served.count() <= 76


def test_first_agreement_is_housing_offices_only() -> None:
    first = Program.objects.get(slug="entente-2008-2012")
    assert first.entries.count() > 1_900
    assert set(first.entries.values_list("tenure", flat=True)) == {"omh", "other"}
    assert not first.entries.filter(worker__role="outreach").exists()


def test_current_agreement_ends_yesterday() -> None:
    current = Program.objects.get(slug="entente-en-cours")
    assert current.entries.count() > 500
    assert current.entries.latest("date").date.isoformat() <= "2026-11-20"


def test_demo_workers_have_entries_of_their_own(second: Program) -> None:
    for email in ("intervenante@demo.maillage.test", "proximite@demo.maillage.test"):
        assert second.entries.filter(worker__user__email=email).count() > 100


def test_notes_name_nobody() -> None:
    stocks = (
        notes.INDIVIDUAL,
        notes.OUTREACH,
        notes.REFERRAL,
        notes.GROUP_PROJECT,
        notes.ASSOCIATION,
        notes.OTHER_COLLECTIVE,
    )
    assert sum(map(len, stocks)) >= 60
    for stock in stocks:
        for note in stock:
            assert screen(note) == [], note
    assert 0.3 < Entry.objects.exclude(note="").count() / Entry.objects.count() < 0.6
