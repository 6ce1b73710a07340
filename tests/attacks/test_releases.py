"""Attacks on what is published: direct, by margins, by subtraction in time and space, on a small area, by a partner."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from scipy.stats import spearmanr

from maillage.core.actor import PRODUCT
from maillage.programs.models import Program
from maillage.statistics import queries
from maillage.statistics.models import Release
from maillage.statistics.release.frozen import digest, freeze, portraits
from maillage.statistics.services import releases
from tests.factories import make_division, make_entry, make_site

from . import builds, reading
from .arms import Name, exactly
from .worlds import make_world, one_person

pytestmark = pytest.mark.django_db
FEW = ("tenure", "nature", "persons_referred", "referral_destination", "collective_kind", "axes_crossing", "territory")
YEAR, QUARTERS = date(2014, 1, 1), [date(2014, month, 1) for month in (1, 4, 7, 10)]


def publish(program: Program, period: str, start: date | None = None, **asked: Any) -> Release:
    draft = releases.prepare(actor=PRODUCT, program=program, period=period, start=start, **asked)
    return releases.publish(actor=PRODUCT, release=draft)


def published(*made: Release) -> list[reading.Plain]:
    """All that the public reads of these releases."""
    return [portrait for release in made for portrait in release.content["portraits"]]


def truth(program: Program, seen: Sequence[reading.Plain]) -> dict[Name, float]:
    """The true figures of what was published (only the test knows them)."""
    exact = []
    for plain in seen:
        start, end = date.fromisoformat(plain["start"]), date.fromisoformat(plain["end"])
        exact.append(freeze(queries.portrait(program=program, start=start, end=end, territory=plain["territory"])))
    return {name: value for name, value in reading.printed(exact).items() if value is not None}


def small(true: dict[Name, float], seen: Sequence[reading.Plain]) -> dict[Name, float]:
    """The small figures among those that the publications are about."""
    about = reading.printed(seen)
    return {name: value for name, value in true.items() if 0 < value < 5 and name in about}


def told(program: Program, made: Sequence[Release], most: int = 80) -> tuple[int, int]:
    """Of how many small figures (at most `most` are tried) the linear programmes tell too much; how many were tried."""
    seen = published(*made)
    notes = reading.notebook(seen)
    targets = sorted(small(truth(program, seen), seen), key=str)
    tried = targets[:: max(1, len(targets) // most)][:most]
    return sum(notes.tells(name) for name in tried), len(tried)


def test_direct_small_figures_are_read_where_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_world(500)
    seen = published(publish(program, "year", YEAR, tables=FEW))
    figures = reading.printed(seen)
    targets = small(truth(program, seen), seen)
    assert len(targets) > 50
    assert [name for name in targets if figures[name] is not None] == []
    builds.bare(monkeypatch)
    seen = published(publish(make_world(500, seed=12), "year", YEAR, tables=FEW))
    assert len([value for value in reading.printed(seen).values() if value in (1, 2, 3, 4)]) > 50


def test_margins_give_back_what_is_hidden_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_world(500)
    hits, tried = told(program, [publish(program, "year", YEAR, tables=FEW)])
    assert (hits, tried > 40) == (0, True)
    builds.primary_only(monkeypatch)
    program = make_world(500, seed=12)
    hits, tried = told(program, [publish(program, "year", YEAR, tables=FEW)])
    assert hits > tried / 2


PLAIN = ("tenure", "nature", "referral_destination", "collective_kind")


def test_three_quarters_and_the_year_give_the_fourth(monkeypatch: pytest.MonkeyPatch) -> None:
    low, high = _fourth_quarter()
    assert low == 0
    assert high >= 5
    builds.each_alone(monkeypatch)
    assert _fourth_quarter() == (2, 2)


def _fourth_quarter() -> tuple[float, float]:
    """What three published quarters and the year tell of the two visits that the fourth counts in rooming houses."""
    program = _visits({2: 8, 5: 7, 8: 9, 11: 2})
    made = [publish(program, "quarter", start, tables=PLAIN, levels=()) for start in QUARTERS[:3]]
    made.append(publish(program, "year", YEAR, tables=PLAIN, levels=()))
    notes = reading.notebook(published(*made))
    return notes.enclose((reading.months("2014-10-01", "2014-12-31"), "", ("tenure", "other")))


def _visits(others: dict[int, int]) -> Program:
    """Sixty visits in each of these months of 2014, so many of them in rooming houses."""
    program = make_world(0)
    for month, count in others.items():
        for rank in range(60):
            tenure = "other" if rank < count else ("omh", "obnl", "coop")[rank % 3]
            nature = {"nature": "collective", "collective_kind": "other"} if rank % 2 else {}
            one_person(program, date=date(2014, month, 1 + rank % 28), tenure=tenure, **nature)
    return program


def test_every_pair_of_published_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month, its quarter, another, the year, one after the other: each pair of them, and all together."""
    others = {2: 8, 4: 1, 5: 20, 6: 1, 8: 9, 11: 6}  # the quarter's 22 are the month's 20 and 2 more
    assert _told_by_periods(_visits(others)) == []
    builds.each_alone(monkeypatch)
    rest = reading.months("2014-04-01", "2014-06-30") - {"2014-05"}
    assert (rest, "", ("tenure", "other")) in _told_by_periods(_visits(others))


def _told_by_periods(program: Program) -> list[Name]:
    """Small figures, and small differences of two periods, that publications tell."""
    asked = [("month", date(2014, 5, 1)), ("quarter", QUARTERS[1]), ("quarter", QUARTERS[0]), ("year", YEAR)]
    made = [publish(program, *one, tables=PLAIN, levels=()) for one in asked]
    small_ones = [n for n, value in _differences(truth(program, published(*made))).items() if 0 < value < 5]
    found = []
    for chosen in (*combinations(made, 2), made):
        notes = reading.notebook(published(*chosen))
        found += [name for name in small_ones if name in notes.figures and notes.tells(name)]
    return found


def _differences(true: dict[Name, float]) -> dict[Name, float]:
    """The true figures, and those of a longer period less a shorter one within it."""
    found = dict(true)
    for (longer, area, what), value in true.items():
        for (shorter, other, same), less in true.items():
            if (other, same) == (area, what) and shorter < longer:
                found[longer - shorter, area, what] = value - less
    return found


def test_an_area_of_under_forty_persons_is_rebuilt_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A MRC of 38 persons, none of whose figures is printed: each is the whole's less those of the other MRC."""
    rebuilt, asked = _small_area()
    assert (rebuilt, asked > 10) == (0, True)
    builds.primary_only(monkeypatch)
    rebuilt, asked = _small_area(seed=12)
    assert rebuilt >= 6


def _small_area(seed: int = 11) -> tuple[int, int]:
    """How many of the small area's figures are known to the unit, of how many that are not zero."""
    program = make_world(1_500, seed=seed)
    mrc = make_division("mrc", parent=program.territory)
    site = make_site(program, mrc=mrc)
    for rank in range(19):
        referrals = [{"destination": "health", "need": "food"}] if rank < 7 else []
        axes = ["SOM", "DCL"][: 1 + rank % 2]
        one_person(program, site=site, date=date(2014, 1 + rank % 12, 5), persons=2, referrals=referrals, axes=axes)
    seen = published(publish(program, "year", YEAR, tables=FEW))
    notes = reading.notebook(seen)
    true = {name: value for name, value in truth(program, seen).items() if name[1] == mrc.code and value}  # type: ignore[index]
    found = {name: notes.enclose(name) for name in true if name in notes.figures}
    assert all(low <= true[name] <= high for name, (low, high) in found.items())
    return len(exactly(found)), len(found)


def test_a_partner_takes_its_own_work_away_to_read_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one MRC an organization made nearly all visits; it knows them, and reads in the total what the other made."""
    assert _other_organization() == []
    builds.bare(monkeypatch)
    assert _other_organization(seed=12) == [3]


def _other_organization(seed: int = 11) -> list[float]:
    program = make_world(300, seed=seed, consent=False)
    mrc = make_division("mrc", parent=program.territory)
    site = make_site(program, mrc=mrc)
    workers = list(program.memberships.filter(role="worker").order_by("pk")[:2])
    for rank in range(60):
        make_entry(program, workers[rank % 20 == 0], site=site, date=date(2014, 3, 1 + rank % 28))
    seen = published(publish(program, "year", YEAR, tables=FEW))
    figure = reading.printed(seen).get((reading.months("2014-01-01", "2014-12-31"), mrc.code, "entries"))
    return [] if figure is None else [figure - 57]


def test_what_is_left_of_a_release_is_useful() -> None:
    program = make_world(1_500)
    whole = portraits(publish(program, "year", YEAR, tables=FEW))[0]
    true = queries.portrait(program=program, start=YEAR, end=date(2014, 12, 31))
    for table in whole.tables:
        exact_one = true.table(table.id).denominator or 0
        assert abs((table.denominator or 0) - exact_one) <= 0.05 * exact_one, table.id
    counts = {row.code: row.count or 0 for row in true.table("territory").rows}
    shown = {row.code: row.count or 0 for row in whole.table("territory").rows}
    assert spearmanr([counts[code] for code in shown], list(shown.values())).statistic >= 0.9


def test_a_release_says_the_same_to_everybody_and_for_ever() -> None:
    program = make_world(300)
    first = releases.prepare(actor=PRODUCT, program=program, period="year", start=YEAR, tables=PLAIN)
    again = releases.prepare(actor=PRODUCT, program=program, period="year", start=YEAR, tables=PLAIN)
    assert reading.printed(published(first)) == reading.printed(published(again))
    done = releases.publish(actor=PRODUCT, release=first)
    before = digest(done.content)
    one_person(program, date=date(2014, 5, 6))
    assert digest(Release.objects.get(pk=done.pk).content) == before
