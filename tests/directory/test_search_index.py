"""What the index keeps: packed postings and shelves, hours of the week, words as they are folded, heard and cut."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.directory.index import words
from maillage.directory.index.hours import any_open, open_offsets, rows_of
from maillage.directory.index.packed import (
    FACTS,
    HOURS,
    RULED,
    changed_postings,
    changed_shelf,
    packed_sheet,
    postings,
    sheet,
)
from maillage.directory.sheets import HoursLine

CHANGES = st.dictionaries(st.integers(0, 4095), st.integers(0, 255), max_size=30)


@given(CHANGES, CHANGES)
def test_postings_are_what_was_last_said(first: dict[int, int], second: dict[int, int]) -> None:
    body = changed_postings(b"", first)
    body = changed_postings(body, second) if second else body
    offsets, weights = postings(body)
    expected = {offset: weight for offset, weight in (first | second).items() if weight}
    assert dict(zip(offsets.tolist(), weights.tolist(), strict=True)) == expected
    assert offsets.tolist() == sorted(expected)


def test_a_shelf_forgets_what_is_gone() -> None:
    body = changed_shelf(b"", FACTS, np.array([], "<u2"), [(7, 1, 50, 900), (3, 5, 40, 0)])
    body = changed_shelf(body, FACTS, np.array([7, 9], "<u2"), [(9, 4, 30, 1)])
    assert np.frombuffer(body, FACTS).tolist() == [(3, 5, 40, 0), (9, 4, 30, 1)]


def test_a_sheet_is_packed_and_back() -> None:
    content = [[["w:pain", 40]], ["pain"], [5, 60, 0, "pain"], [[46.1, -71.2]], []]
    assert sheet(packed_sheet(content)) == content


DAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=4, unique=True).map(",".join)
QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)) | st.just(time(23, 59))
DATES = st.none() | st.dates(date(2026, 10, 1), date(2027, 2, 1))
LINES = st.builds(
    HoursLine,
    frequency=st.sampled_from(["WEEKLY", "WEEKLY", "DAILY", ""]),
    byday=DAYS,
    opens_at=st.none() | QUARTERS,
    closes_at=st.none() | QUARTERS,
    valid_from=DATES,
    until=DATES,
    utc_offset=st.sampled_from([None, None, None, -5.0]),
)


@settings(max_examples=400)
@given(
    places=st.lists(st.lists(LINES, max_size=3), max_size=2),
    at=st.datetimes(datetime(2026, 11, 3), datetime(2027, 1, 31)),
)
def test_open_by_the_index_is_open_by_the_rules(places: Sequence[Sequence[HoursLine]], at: datetime) -> None:
    moment = timezone.make_aware(at)
    rows = np.array([(12, *row) for row in rows_of(places)], HOURS)
    opened, ruled = open_offsets(rows, moment)
    if len(ruled):
        assert ruled.tolist() == [12]
    else:
        assert (opened.tolist() == [12]) is any_open(places, moment)


@pytest.mark.parametrize(
    "line",
    [
        HoursLine(frequency="MONTHLY", byday="1TU", opens_at=time(9), closes_at=time(12)),
        HoursLine(
            frequency="WEEKLY", byday="MO", interval=2, dtstart=date(2026, 1, 5), opens_at=time(9), closes_at=time(12)
        ),
        HoursLine(frequency="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(12), utc_offset=-8),
        HoursLine(dtstart=date(2026, 12, 25), description="Fermé à Noël"),
    ],
)
def test_rules_that_are_not_of_each_week_are_left_to_the_rules(line: HoursLine) -> None:
    assert rows_of([[line]])[0][0] == RULED


def test_a_night_goes_on_after_midnight() -> None:
    bar = HoursLine(frequency="WEEKLY", byday="FR", opens_at=time(20), closes_at=time(3))
    rows = np.array([(0, *row) for row in rows_of([[bar]])], HOURS)
    friday = timezone.make_aware(datetime(2026, 11, 20, 23))
    for hours, is_open in ((0, True), (3, True), (4, False), (-4, False)):
        assert bool(len(open_offsets(rows, friday + timedelta(hours=hours))[0])) is is_open


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alimantère", "alimentaire"),
        ("profesionel", "professionnel"),
        ("fame", "femme"),
        ("gratuis", "gratuit"),
        ("ortofonie", "orthophonie"),
        ("kriz", "crise"),
    ],
)
def test_words_heard_alike_are_one(typed: str, meant: str) -> None:
    assert words.sound(words.words(typed)[0]) == words.sound(words.words(meant)[0])


def test_words_are_folded_and_short_forms_spelt_out() -> None:
    assert words.words("L'Épicerie de Ste-Marie, St-Œuf") == ["l", "epicerie", "de", "sainte", "marie", "saint", "oeuf"]
    assert words.joined("Halte-garderie de Saint-Georges") == ["haltegarderie", "saintgeorges"]
    assert words.bared("dinsertion") == "insertion"
    assert words.bared("dessin") == "essin"
    assert words.bared("table") == "able"
    assert words.bared("prix") == ""


@given(st.text("az09mn", min_size=1, max_size=6), st.text("az09mn", min_size=1, max_size=8))
def test_what_begins_so_stands_before_the_end_of_the_range(prefix: str, other: str) -> None:
    end = words.after(prefix)
    begins = other.startswith(prefix)
    assert begins == (other >= prefix and (not end or other < end))


def test_a_word_only_begun_has_no_last_gram() -> None:
    assert words.grams("pain") == ["^pa", "ain", "in$", "pai"]
    assert words.grams("pain", whole=False) == ["^pa", "ain", "pai"]
