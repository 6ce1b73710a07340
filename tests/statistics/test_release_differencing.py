"""What is published one after the other is protected as if it had been published at once."""

from datetime import date

import pytest

from maillage.core.actor import PRODUCT
from maillage.statistics.models import Release
from maillage.statistics.release.attack import attack
from maillage.statistics.release.frozen import content_of, portraits
from maillage.statistics.release.hiding import without
from maillage.statistics.release.judgement import policy_of
from maillage.statistics.release.names import cells_of
from maillage.statistics.release.prepare import Prepared, prepare, state_of
from maillage.statistics.release.state import Asked
from maillage.statistics.services import releases
from tests.factories import make_entry

from .release_world import make_world

pytestmark = pytest.mark.django_db

YEAR = ("year", date(2013, 1, 1))
QUARTERS = [("quarter", date(2013, month, 1)) for month in (1, 4, 7, 10)]
LIGHT = ["tenure", "nature", "themes", "collective_kind", "territory"]


def published(program, period, start=None, **options):
    draft = releases.prepare(actor=PRODUCT, program=program, period=period, start=start, **{"tables": LIGHT, **options})
    return releases.publish(actor=PRODUCT, release=draft)


def exposed(program):
    """Figures that can be deduced of any release, from all that is public now."""
    return [figure for release in Release.objects.order_by("pk") for figure in attack(release).exposed]


@pytest.mark.parametrize("order", [[YEAR, *QUARTERS], [*QUARTERS, YEAR], [*QUARTERS[:2], YEAR, *QUARTERS[2:]]])
def test_a_year_and_its_quarters_in_any_order_expose_nothing(order):
    program = make_world(110, seed=4, consent=True, years=(2013,))
    for period, start in order:
        published(program, period, start, levels=["whole"])
    assert exposed(program) == []


def test_the_missing_quarter_of_a_published_year_cannot_be_computed():
    program = make_world(110, seed=5, consent=True, years=(2013,))
    for _ in range(3):
        make_entry(program, date=date(2013, 11, 5), themes=["employment"])
    for _ in range(20):
        make_entry(program, date=date(2013, 2, 5), themes=["employment"])
    for period, start in QUARTERS[:3]:
        published(program, period, start, levels=["whole"])
    year = published(program, *YEAR, levels=["whole"])
    shown = {row.code: row.count for row in portraits(year)[0].table("themes").rows}
    first = Release.objects.order_by("pk")[0]
    before = {row.code: row.count for row in portraits(first)[0].table("themes").rows}
    assert before["employment"] == 20
    assert shown["employment"] is None  # 23 in the year and 20 in its first months would say 3 in the last
    assert exposed(program) == []


def test_the_same_releases_each_protected_alone_do_expose(monkeypatch):
    """The attack that fails above succeeds where each release is protected as if it were the only one."""
    monkeypatch.setattr(releases, "make", alone)
    monkeypatch.setattr(releases, "attack", lambda release, others: attack(release, others=[]))
    monkeypatch.setattr(releases, "_unchanged", lambda release, former: None)
    program = make_world(110, seed=4, consent=True, years=(2013,))
    for period, start in [YEAR, *QUARTERS]:
        published(program, period, start, levels=["whole"])
    assert len(exposed(program)) > 0


def alone(asked: Asked, policy, former) -> Prepared:
    made = prepare(asked, policy, [])
    made.ledger["earlier"] = [str(release.uid) for release in former]
    return made


def test_areas_after_the_whole_and_the_whole_after_areas():
    for order in (["whole"], ["whole", "mrc"]), (["whole", "mrc"], ["whole"]):
        program = make_world(80, seed=6, consent=True, years=(2013,))
        for levels in order:
            published(program, *YEAR, levels=levels)
        assert [figure for release in program.releases.order_by("pk") for figure in attack(release).exposed] == []


def test_other_tables_under_another_name_show_nothing_that_was_refused():
    program = make_world(80, seed=7, consent=True, years=(2013,))
    first = published(program, *YEAR, tables=["themes", "tenure", "nature"])
    second = published(program, *YEAR, tables=["themes", "groups_reached"], title="Autre nom")
    hidden = {figure for portrait in portraits(first) for _, figure, value in cells_of(portrait) if value is None}
    unsafe = {figure for figure in hidden if str(figure) in first.ledger["wanted"]}
    shown = {figure for portrait in portraits(second) for _, figure, value in cells_of(portrait) if value is not None}
    assert hidden
    assert not unsafe & shown
    assert exposed(program) == []


def test_what_was_shown_once_is_shown_again():
    program = make_world(80, seed=8, consent=True, years=(2013,))
    first, second = published(program, *YEAR), published(program, *YEAR, title="De nouveau")
    values = [
        {figure: value for portrait in portraits(release) for _, figure, value in cells_of(portrait)}
        for release in (first, second)
    ]
    assert all(values[1][figure] == value for figure, value in values[0].items() if value is not None)


def test_a_late_entry_is_not_told_by_the_next_release():
    program = make_world(80, seed=9, consent=True, years=(2013,))
    for _ in range(12):
        make_entry(program, date=date(2013, 5, 5), themes=["leisure"])
    first = published(program, *YEAR, levels=["whole"])
    make_entry(program, date=date(2013, 5, 6), themes=["leisure"])
    second = published(program, *YEAR, levels=["whole"], correction_of=first, note="Une intervention oubliée")
    shown = {row.code: row for row in portraits(second)[0].table("themes").rows}
    assert next(r.count for r in portraits(first)[0].table("themes").rows if r.code == "leisure") == 12
    assert shown["leisure"].count is None
    assert "earlier" in second.findings["reasons"]["themes||leisure|"]
    assert exposed(program) == []


def test_content_that_shows_a_hidden_figure_is_refused_by_the_attack():
    program = make_world(80, seed=10, consent=True, years=(2013,))
    draft = releases.prepare(actor=PRODUCT, program=program, period="year", start=date(2013, 1, 1), tables=LIGHT)
    asked = Asked(program, (draft.start, draft.end), ("whole", "mrc"), tuple(LIGHT))
    exact = state_of(asked, policy_of(program), []).portraits
    only_primary = {
        figure for portrait in exact for _, figure, _ in cells_of(portrait) if str(figure) in draft.ledger["wanted"]
    }
    draft.content = content_of([without(portrait, only_primary) for portrait in exact])
    assert attack(draft, others=[]).exposed
