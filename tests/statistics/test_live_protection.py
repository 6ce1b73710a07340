"""Portraits outside the team: the same figure for the same records, everywhere and for everybody; closed questions."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics import closed_set, protection
from maillage.statistics.portrait import Portrait, Table
from maillage.statistics.queries import comparison, open_areas, portrait
from tests.factories import make_entry, make_member, make_program

pytestmark = pytest.mark.django_db
OUTSIDE = ("partner", "researcher", "tenant")
TODAY = date(2026, 11, 21)


@pytest.fixture
def busy(db: None) -> Program:
    """A programme of two years with a realistic journal in two MRC."""
    program = make_program(start=date(2014, 1, 1), end=date(2015, 12, 31))
    for role in ("worker", "outreach"):
        make_member(program, role)
    call_command("synth", "journal", program=program.slug, entries=1_203, seed=7, verbosity=0)
    return program


def public(program: Program, **question: Any) -> Portrait:
    return portrait(program=program, public=True, **question)


def figures(made: Portrait) -> dict[str, Table]:
    return {table.id: table for table in made.tables}


def counts(made: Portrait, id: str) -> dict[str, Any]:
    return {row.code: row.count for row in made.table(id).rows}


@pytest.mark.parametrize("role", OUTSIDE)
def test_every_role_outside_the_team_reads_the_same(busy: Program, role: str) -> None:
    made = portrait(program=busy, actor=make_member(busy, role).user)
    assert (made.protected, made.rounded) == (True, True)
    assert made.tables == public(busy).tables


def test_figures_are_multiples_of_5_close_to_the_truth(busy: Program) -> None:
    made, exact = public(busy), figures(portrait(program=busy))
    seen = 0
    for table in made.tables:
        for row, true in zip(table.rows, exact[table.id].rows, strict=False):
            if table.unit not in protection.PROTECTED_UNITS or row.hidden or row.code != true.code:
                continue
            for shown, count in zip((row.count, *row.counts), (true.count, *true.counts), strict=True):
                assert shown is not None
                assert count is not None
                assert shown % 5 == 0
                if table.unit in ("entries", "referrals"):
                    assert abs(shown - count) <= 8, (table.id, row.code)
                seen += 1
    assert seen > 150
    assert made.entries
    assert abs(made.entries - 1_203) <= 8


def test_the_same_records_have_the_same_figure_in_every_table_and_question(busy: Program) -> None:
    made, tables = public(busy), figures(public(busy))
    alike = {t.denominator for t in made.tables if t.denominator_label == made.table("tenure").denominator_label}
    assert alike == {made.entries}
    assert counts(made, "nature")["collective"] == tables["collective_kind"].denominator
    assert counts(made, "referral_destination")["health"] == tables["referral_need_health"].denominator
    axes = tables["axes"].rows
    assert [row.counts[at] for at, row in enumerate(tables["axes_crossing"].rows)] == [row.count for row in axes]
    for at, row in enumerate(tables["axes_crossing"].rows):
        assert [other.counts[at] for other in tables["axes_crossing"].rows] == list(row.counts)
    areas = {code: count for code, count in counts(made, "territory").items() if count is not None}
    assert areas
    assert {code: public(busy, territory=code).entries for code in areas} == areas
    year = public(busy, start=date(2014, 1, 1), end=date(2014, 12, 31))
    quarter = counts(public(busy, start=date(2014, 1, 1), end=date(2014, 3, 31)), "monthly")
    assert quarter == {month: counts(year, "monthly")[month] for month in quarter}
    assert quarter == {month: counts(made, "monthly")[month] for month in quarter}
    assert public(busy, start=date(2014, 1, 1), end=date(2014, 12, 31)).tables == year.tables  # whatever came between


def test_one_record_more_draws_anew_only_what_counts_it(busy: Program) -> None:
    before = public(busy)
    worker = busy.memberships.filter(role="worker").first()
    make_entry(busy, worker, date=date(2015, 6, 3), nature="collective", collective_kind="other", persons=0)
    after = public(busy)
    assert counts(after, "nature")["individual"] == counts(before, "nature")["individual"]
    assert after.table("referral_destination") == before.table("referral_destination")
    assert after.table("persons_referred") == before.table("persons_referred")
    untouched = {month: n for month, n in counts(before, "monthly").items() if month != "2015-06"}
    assert {month: n for month, n in counts(after, "monthly").items() if month != "2015-06"} == untouched


@pytest.mark.django_db(transaction=True)
def test_the_figures_outlive_the_store_and_the_process_s_memory(busy: Program, settings: Any) -> None:
    import shutil
    from pathlib import Path

    from maillage.statistics import mirror

    before = public(busy).tables
    shutil.rmtree(Path(settings.HOME) / "facts")
    mirror._held.clear()
    assert public(busy).tables == before
    whole = [tab for tab in protection.protected_questions({}) if tab.id in ("tenure", "monthly", "axes_crossing")]
    with mirror.facts("journal_entry") as facts:  # served by the cube as by the facts
        asked = mirror_conditions(busy)
        kept, counted = facts.ask(whole, asked), facts.ask(whole, asked, cube=False)
    for id, answer in kept.items():
        assert answer.totals == counted[id].totals
        assert all((answer.values[name] == counted[id].values[name]).all() for name in answer.values)


def mirror_conditions(program: Program) -> list[Any]:
    from maillage.statistics.filters import Scope, conditions

    return conditions(program, Scope(program.start, date(2015, 12, 31)), {})


@pytest.mark.django_db(transaction=True)
def test_another_secret_draws_other_figures_and_rebuilds_the_store(busy: Program, settings: Any) -> None:
    before, exact = public(busy), portrait(program=busy)
    settings.DISCLOSURE_KEY = "une autre clé, d'une autre installation, assez longue"
    assert public(busy).tables != before.tables
    assert portrait(program=busy).tables == exact.tables
    settings.DISCLOSURE_KEY = before and settings.SECRET_KEY
    assert public(busy).tables != before.tables


def test_small_tables_are_hidden_whole_and_say_nothing_else(db: None) -> None:
    program = make_program(end=date(2016, 12, 31))
    worker = make_member(program)
    for day in range(1, 29):
        for month in (3, 4, 5):
            make_entry(program, worker, date=date(2014, month, day), tenure="omh", axes=["SOM"])
    for day in range(1, 12):
        make_entry(program, worker, date=date(2014, 6, day), nature="collective", collective_kind="other")
    made = public(program)
    kinds = made.table("collective_kind")
    assert kinds.denominator is None
    assert all(row.hidden and row.count is None and row.share is None for row in kinds.rows)
    assert made.table("tenure").denominator == made.entries
    assert all(row.hidden for row in made.table("referral_destination").rows)
    small = make_program()
    make_entry(small, make_member(small))
    assert public(small).entries is None


def test_a_measure_that_few_records_bear_is_hidden(busy: Program) -> None:
    for table, records in (("participations", "collective_kind"),):
        shown = counts(public(busy), records)
        for row in public(busy).table(table).rows:
            assert row.hidden == (0 < shown[row.code] < 15), row.code
    march = public(busy, start=date(2014, 3, 1), end=date(2014, 3, 31))
    hidden = [row for table in march.tables for row in table.rows if row.hidden]
    assert hidden
    assert all(row.count is None and row.share is None for row in hidden)


def test_hours_of_the_agreement_stay_and_hours_of_each_are_not_shown(busy: Program) -> None:
    made, exact = public(busy), portrait(program=busy)
    for id in ("coverage", "coverage_tenure", "hours_by_role"):
        assert made.table(id) == exact.table(id)
    with pytest.raises(KeyError):
        made.table("logged_hours_by_role")


def test_an_area_where_few_were_met_is_hidden_and_refused(busy: Program) -> None:
    area = busy.territory.children.order_by("code").first()
    start, end = date(2014, 3, 1), date(2014, 3, 31)
    assert open_areas(busy, start, end) == []
    assert all(row.hidden for row in public(busy, start=start, end=end).table("territory").rows)
    with pytest.raises(
        Refused, match=r"Trop peu de personnes ont été rencontrées à .* choisissez une période plus longue"
    ):
        public(busy, territory=area.code, start=start, end=end)
    assert (area.code, area.name) in open_areas(busy, date(2014, 1, 1), date(2014, 12, 31))
    assert public(busy, territory=area.code).territory == area.code


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (date(2014, 1, 1), date(2014, 12, 31)),
        (date(2014, 4, 1), date(2014, 6, 30)),
        (date(2014, 2, 1), date(2014, 2, 28)),
        (date(2014, 1, 1), date(2015, 12, 31)),
    ],
)
def test_calendar_periods_are_open(busy: Program, start: date | None, end: date | None) -> None:
    made = public(busy, start=start, end=end)
    assert (made.start, made.end) == (start or busy.start, end or busy.end)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"start": date(2014, 3, 2)}, "par mois, trimestre ou année civile"),
        ({"start": date(2014, 3, 2), "end": date(2014, 3, 31)}, "par mois, trimestre ou année civile"),
        ({"start": date(2014, 1, 1), "end": date(2014, 6, 30)}, "par mois, trimestre ou année civile"),
        ({"start": date(2014, 2, 1), "end": date(2014, 4, 30)}, "par mois, trimestre ou année civile"),
        ({"start": date(2013, 1, 1), "end": date(2013, 12, 31)}, "par mois, trimestre ou année civile"),
        ({"start": date(2015, 1, 1), "end": date(2014, 1, 1)}, "inversez les deux dates"),
        ({"filters": {"tenure": ["omh"]}}, "sans filtre"),
        ({"filters": {"milieu": ["x"]}}, "sans filtre"),
        ({"territory": "999"}, "n'est pas celui d'une MRC"),
    ],
)
@pytest.mark.parametrize("role", OUTSIDE)
def test_any_other_question_is_refused_with_a_sentence(
    busy: Program, role: str, question: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        portrait(program=busy, actor=make_member(busy, role).user, **question)


def going_on(**more: Any) -> Program:
    return replace_program(start=date(2025, 3, 10), end=None, **more)


def replace_program(**fields: Any) -> Program:
    return Program(name="En cours", slug="en-cours", **fields)


def test_while_it_goes_on_a_programme_is_read_to_its_last_finished_month() -> None:
    program = going_on()
    assert closed_set.whole(program, TODAY) == (date(2025, 3, 10), date(2026, 10, 31))
    assert closed_set.canonical(program, None, None, TODAY) == (date(2025, 3, 10), date(2026, 10, 31))
    assert closed_set.whole(replace_program(start=date(2025, 3, 10), end=date(2026, 11, 20)), TODAY) == (
        date(2025, 3, 10),
        date(2026, 11, 20),
    )
    assert closed_set.whole(replace_program(start=date(2025, 3, 10), end=TODAY), TODAY) == (
        date(2025, 3, 10),
        date(2026, 10, 31),
    )
    young = replace_program(start=date(2026, 11, 2), end=None)
    assert closed_set.whole(young, TODAY) is None
    with pytest.raises(Refused, match="premier mois du programme n'est pas terminé"):
        closed_set.canonical(young, None, None, TODAY)


def test_a_period_that_is_not_finished_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    program, freeze = going_on(), type("Day", (date,), {"today": classmethod(lambda cls: TODAY)})
    monkeypatch.setattr("maillage.statistics.filters.date", freeze)
    for start, end in (
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 11, 1), TODAY),
    ):
        with pytest.raises(Refused, match="n'est pas terminée"):
            closed_set.canonical(program, start, end, TODAY)
    assert closed_set.canonical(program, date(2025, 1, 1), date(2025, 12, 31), TODAY) == (
        date(2025, 3, 10),
        date(2025, 12, 31),
    )
    assert closed_set.canonical(program, date(2025, 3, 1), date(2025, 3, 31), TODAY) == (
        date(2025, 3, 10),
        date(2025, 3, 31),
    )
    assert closed_set.years(program, TODAY) == [2026, 2025]
    assert closed_set.parts(program, 2026, TODAY) == ["t1", "t2", "t3", *(f"{n:02d}" for n in range(1, 11))]
    assert closed_set.parts(program, 2025, TODAY) == ["", "t1", "t2", "t3", "t4", *(f"{n:02d}" for n in range(3, 13))]


def test_a_month_is_compared_with_the_month_before(busy: Program) -> None:
    actor = make_member(busy, "partner").user
    now = portrait(program=busy, start=date(2014, 3, 1), end=date(2014, 3, 31), actor=actor)
    before = comparison(now, program=busy, actor=actor)
    assert before is not None
    assert (before.start, before.end, before.protected) == (date(2014, 2, 1), date(2014, 2, 28), True)


def test_what_tables_are_made_of_holds_no_true_figure(busy: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a perturbation that answers one thing, nothing else is ever shown."""
    ones = protection.cell_keys
    monkeypatch.setattr(ones, "perturbed", lambda secret, counts, keys: counts * 0 + 995)
    monkeypatch.setattr(ones, "perturbed_sums", lambda s, sums, c, k, m: (sums * 0 + 995, sums * 0 + 1))
    made = public(busy)
    for table in made.tables:
        if table.unit in protection.PROTECTED_UNITS:
            assert table.denominator == 995
            lines = [row for row in table.rows if row.code != "not_referred"]
            assert {n for row in lines for n in (row.count, *row.counts)} <= {995, 0, None}, table.id
            assert {row.share for row in lines} <= {1.0, 0.0, None}
    assert made.entries == 995
