"""Periods in words, and as the form's choices."""

from datetime import date

import pytest

from maillage.statistics import periods

WHOLE = (date(2013, 4, 1), date(2016, 3, 31))


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2013, 1, 1), date(2016, 12, 31), "de 2013 à 2016"),
        (date(2014, 2, 1), date(2014, 2, 28), "février 2014"),
        (date(2014, 4, 1), date(2014, 6, 30), "d'avril à juin 2014"),
        (date(2014, 1, 1), date(2014, 3, 31), "de janvier à mars 2014"),
        (date(2013, 4, 1), date(2016, 3, 31), "d'avril 2013 à mars 2016"),
        (date(2014, 1, 1), date(2014, 1, 15), "du 1er\u00a0janvier 2014 au 15\u00a0janvier 2014"),
    ],
)
def test_words(start: date, end: date, wanted: str) -> None:
    assert periods.words(start, end) == wanted


@pytest.mark.parametrize("part", [code for code, _label in periods.parts()])
@pytest.mark.parametrize("year", [2014, 2015])
def test_a_choice_is_recognized(year: int, part: str) -> None:
    start, end = periods.bounds_of(year, part)
    chosen = periods.recognized(start, end, WHOLE)
    assert (chosen.year, chosen.part) == (str(year), part)


def test_the_whole_and_free_dates_are_recognized() -> None:
    assert periods.recognized(*WHOLE, WHOLE).year == "tout"
    assert periods.recognized(date(2014, 1, 2), date(2014, 1, 9), WHOLE).year == "dates"


def test_a_year_that_the_programme_cuts_short_is_still_that_year() -> None:
    assert periods.recognized(date(2013, 4, 1), date(2013, 12, 31), WHOLE).year == "2013"
