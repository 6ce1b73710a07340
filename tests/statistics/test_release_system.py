"""The relations that releases rest upon hold of the true figures, whatever the programme."""

import random
from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.programs.models import Term
from maillage.statistics.queries import portrait
from maillage.statistics.release.calendar import atoms, bounds, months_between, months_of, overlapping, words_of
from maillage.statistics.release.judgement import Policy
from maillage.statistics.release.names import Figure, cells_of
from maillage.statistics.release.state import Asked, read
from maillage.statistics.release.structure import rules_of
from maillage.statistics.services import releases
from tests.factories import make_division, make_entry, make_site

from .release_world import make_world

pytestmark = pytest.mark.django_db

LEVELS = ("whole", "mrc", "municipality")
YEAR = (date(2013, 1, 1), date(2013, 12, 31))


def make_untidy(seed):
    """Entries of a MRC outside the programme, of sites without municipality, of parents, of retired and single words."""
    program = make_world(45, seed)
    draw = random.Random(seed)
    mrc = program.territory.children.order_by("code").first()
    towns = [make_division("municipality", parent=mrc) for _ in range(2)]
    homes = [make_site(program, mrc=mrc, municipality=draw.choice([*towns, None])) for _ in range(3)]
    outside = make_site(mrc=make_division("mrc"))
    for _ in range(20):
        day = date(2013, draw.randint(1, 12), 5)
        groups, axes = draw.sample(["youth_family", "youth", "single"], 2), draw.sample(["SOM", "DCL", "DSS"], 2)
        make_entry(program, site=draw.choice([*homes, outside]), date=day, groups=groups, axes=axes)
    retired = Term.objects.filter(frame=program.frame, vocabulary="theme", code__in=["food", "transport"])
    retired.update(valid_to=date(2012, 1, 1))
    return program


def check(state):
    figures = state.edition.figures
    assert state.edition.links
    for link in state.edition.links:
        found = sum(n * figures[figure] for figure, n in link.terms)
        assert found == 0 if link.equal else found >= 0, link
    assert min(figures.values()) >= 0
    for made in state.portraits:
        for cell, figure, value in cells_of(made):
            assert figures[figure] == value, cell


@pytest.mark.parametrize("seed", range(3))
def test_relations_hold_of_the_true_figures(seed):
    program = make_untidy(seed)
    quarter, month = months_between(date(2013, 4, 1), date(2013, 6, 30)), months_between(*[date(2013, 5, 3)] * 2)
    check(read(Asked(program, YEAR, LEVELS), Policy(), [(quarter, 2), (month, 0), (months_of("2012-07..2013-03"), 1)]))


def test_figures_are_those_of_the_portrait():
    program = make_untidy(5)
    state = read(Asked(program, YEAR, ("whole", "mrc")), Policy())
    for made in state.portraits:
        exact = portrait(program=program, start=YEAR[0], end=YEAR[1], territory=made.territory)
        assert made.entries == exact.entries
        for table in exact.tables:
            mine = {row.code: row for row in made.table(table.id).rows}
            assert made.table(table.id).denominator == table.denominator
            assert all(mine[row.code].count == row.count and mine[row.code].share == row.share for row in table.rows)


def test_each_area_prints_the_lines_of_the_whole():
    program = make_untidy(6)
    whole, *areas = read(Asked(program, YEAR, LEVELS), Policy()).portraits
    for area in areas:
        for table in area.tables:
            if table.id not in ("territory", "coverage", "coverage_tenure", "hours_by_role"):
                assert [row.code for row in table.rows] == [row.code for row in whole.table(table.id).rows]


def test_parents_of_crossing_axes_are_told_apart():
    """Where an axis has parts, its row takes them in and its column does not: the crossing is not symmetrical."""
    program = make_untidy(7)
    parent = Term.objects.get(frame=program.frame, vocabulary="axis", code="SOM")
    Term.objects.filter(frame=program.frame, vocabulary="axis", code="DCL").update(parent=parent)
    check(read(Asked(program, YEAR, ("whole", "mrc")), Policy()))


def test_municipalities_are_protected_within_their_mrc():
    program = make_untidy(8)
    draft = releases.prepare(
        actor=PRODUCT,
        program=program,
        period="year",
        start=YEAR[0],
        levels=["whole", "mrc", "municipality"],
        tables=["tenure", "nature", "territory"],
    )
    assert releases.publish(actor=PRODUCT, release=draft).attack["exposed"] == 0
    assert len(draft.content["portraits"]) == 1 + 2 + len({s.municipality_id for s in sites(program)})


def sites(program):
    return [covered.site for covered in program.program_sites.all() if covered.site.municipality_id]


def test_rules_are_read_off_the_form_of_the_tables_alone():
    program = make_untidy(9)
    first = read(Asked(program, YEAR, ("whole",)), Policy()).portraits[0]
    make_entry(program, date=date(2013, 6, 6), themes=["school"], axes=["RPD"])
    second = read(Asked(program, YEAR, ("whole",)), Policy()).portraits[0]
    assert rules_of(first) == rules_of(second)


def test_periods_are_cut_in_the_finest_pieces():
    year, quarter, other = months_of("2014-01..2014-12"), months_of("2014-04..2014-06"), months_of("2016-01..2016-03")
    assert set(atoms([year, quarter])) == {quarter, months_of("2014-01..2014-03+2014-07..2014-12")}
    assert words_of(months_of("2014-01..2014-03+2014-07..2014-12")) == "2014-01..2014-03+2014-07..2014-12"
    assert overlapping(quarter, [year, other, months_of("2014-12..2016-01")]) == [0, 1, 2]
    assert overlapping(quarter, [months_of("2014-07..2014-09")]) == []


def test_bounds_of_periods():
    program = make_world(1, start=date(2013, 4, 15))
    assert bounds(program, "year", date(2013, 1, 1)) == (date(2013, 4, 15), date(2013, 12, 31))
    assert bounds(program, "year", date(2013, 4, 15)) == (date(2013, 4, 15), date(2013, 12, 31))
    assert bounds(program, "quarter", date(2013, 4, 1)) == (date(2013, 4, 15), date(2013, 6, 30))
    assert bounds(program, "month", date(2014, 2, 1)) == (date(2014, 2, 1), date(2014, 2, 28))
    assert bounds(program, "whole", None) == (date(2013, 4, 15), date(2015, 12, 31))


def test_a_figure_has_one_name_wherever_it_is_printed():
    program = make_world(60)
    made = read(Asked(program, YEAR, ("whole", "mrc")), Policy()).portraits
    named = {str(cell): figure for portrait in made for cell, figure, _ in cells_of(portrait)}
    mrc = made[1].territory
    assert named[f"territory||{mrc}|"] == named[f"nature|{mrc}||"] == Figure("2013-01..2013-12", mrc, "entries")
    assert named["nature||collective|"] == named["collective_kind|||"]
    assert named["referral_destination||health|"] == named["referral_need_health|||"]
    assert named["axes_crossing||SOM|DCL"] == named["axes_crossing||DCL|SOM"]
    assert named["axes_crossing||SOM|SOM"] == named["axes||SOM|"]
