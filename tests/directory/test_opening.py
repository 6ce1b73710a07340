"""Opening hours: rules of RFC 5545 at the time of the place, and the same in words."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.directory.opening import (
    Opening,
    in_words,
    is_open,
    next_opening,
    open_until,
    opening_at,
    opening_in_words,
)
from maillage.directory.opening.recurrence import WEEKDAYS, occurrences
from maillage.directory.sheets import HoursLine

TORONTO = ZoneInfo("America/Toronto")


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO, fold=fold)


def hours(opens: str = "", closes: str = "", **values: Any) -> HoursLine:
    times = {"opens_at": opens, "closes_at": closes}
    return HoursLine(**{name: time.fromisoformat(text) if text else None for name, text in times.items()}, **values)


OFFICE = hours("08:30", "16:30", frequency="WEEKLY", byday="MO,TU,WE,TH,FR")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T08:29:59", False),
        ("2026-03-02T08:30", True),
        ("2026-03-02T16:29:59", True),
        ("2026-03-02T16:30", False),
        ("2026-03-07T12:00", False),
    ],
)
def test_an_office_opens_and_closes_on_the_minute(moment: str, expected: bool) -> None:
    assert is_open([OFFICE], at(moment)) is expected


def test_the_hour_is_that_of_the_place_in_every_season() -> None:
    # 13:00 UTC is 8:00 in winter and 9:00 in summer.
    assert is_open([OFFICE], datetime(2026, 1, 12, 13, 0, tzinfo=UTC)) is False
    assert is_open([OFFICE], datetime(2026, 7, 13, 13, 0, tzinfo=UTC)) is True


def test_a_night_with_two_o_clocks_is_open_through_both() -> None:
    night = [hours("22:00", "03:00", frequency="DAILY")]
    assert is_open(night, at("2026-11-01T01:30", fold=0)) is True
    assert is_open(night, at("2026-11-01T01:30", fold=1)) is True
    assert is_open(night, at("2026-11-01T02:59")) is True
    assert is_open(night, at("2026-11-01T03:00")) is False
    assert open_until(night, at("2026-10-31T23:00")) == at("2026-11-01T03:00")


@pytest.mark.parametrize(
    ("line", "moment", "expected"),
    [
        (hours("20:00", "02:00", frequency="WEEKLY", byday="FR"), "2026-03-07T01:00", True),
        (hours("20:00", "02:00", frequency="WEEKLY", byday="FR"), "2026-03-06T01:00", False),
        (hours("00:00", "00:00", frequency="DAILY"), "2026-03-06T03:00", True),
        (hours("00:00", "23:59", frequency="DAILY"), "2026-03-06T23:59:30", True),
        (hours("19:00", "21:00", frequency="MONTHLY", byday="1TU"), "2026-03-03T20:00", True),
        (hours("19:00", "21:00", frequency="MONTHLY", byday="1TU"), "2026-03-10T20:00", False),
        (hours("19:00", "21:00", frequency="MONTHLY", byday="-1FR"), "2026-03-27T20:00", True),
        (hours("09:00", "12:00", frequency="MONTHLY", bymonthday="15,-1"), "2026-02-28T10:00", True),
        (hours("09:00", "12:00", frequency="WEEKLY", interval=2, dtstart=date(2026, 3, 3)), "2026-03-17T10:00", True),
        (hours("09:00", "12:00", frequency="WEEKLY", interval=2, dtstart=date(2026, 3, 3)), "2026-03-10T10:00", False),
        (hours("09:00", "12:00", frequency="DAILY", count=3, dtstart=date(2026, 3, 3)), "2026-03-05T10:00", True),
        (hours("09:00", "12:00", frequency="DAILY", count=3, dtstart=date(2026, 3, 3)), "2026-03-06T10:00", False),
        (hours("09:00", "12:00", frequency="YEARLY", byyearday="60"), "2026-03-01T10:00", True),
        (hours("09:00", "12:00", frequency="YEARLY", byweekno="10", byday="MO"), "2026-03-02T10:00", True),
        (hours("09:00", "12:00", byday="mo, we"), "2026-03-04T10:00", True),
        (hours("09:00", "12:00", dtstart=date(2026, 3, 3)), "2026-03-03T10:00", True),
        (hours("09:00", "12:00", dtstart=date(2026, 3, 3)), "2026-03-04T10:00", False),
        (hours("14:00", "15:00", frequency="DAILY", utc_offset=-3), "2026-01-12T12:30", True),
        (hours("14:00", "15:00", frequency="DAILY", utc_offset=-5), "2026-07-13T14:30", True),
    ],
)
def test_rules(line: HoursLine, moment: str, expected: bool) -> None:
    assert is_open([line], at(moment)) is expected


def test_a_season_ends() -> None:
    season = [hours("09:00", "17:00", frequency="DAILY", valid_from=date(2026, 6, 24), valid_to=date(2026, 9, 1))]
    assert is_open(season, at("2026-06-23T10:00")) is False
    assert is_open(season, at("2026-09-01T10:00")) is True
    assert is_open(season, at("2026-09-02T10:00")) is False
    assert next_opening(season, at("2026-03-01T10:00")) == at("2026-06-24T09:00")
    assert next_opening(season, at("2026-09-01T10:00")) is None


def test_a_closure_closes_its_days() -> None:
    lines = [
        OFFICE,
        hours(valid_from=date(2026, 12, 21), valid_to=date(2027, 1, 3), description="Fermé pour les fêtes"),
    ]
    assert is_open(lines, at("2026-12-22T10:00")) is False
    assert next_opening(lines, at("2026-12-18T17:00")) == at("2027-01-04T08:30")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [hours("09:00", "12:00")],
        [hours(description="Sur rendez-vous")],
        [hours("09:00", "12:00", frequency="WEEKLY", byday="LUNDI")],
        [hours("09:00", "12:00", frequency="MONTHLY", bymonthday="45")],
        [hours("09:00", "12:00", frequency="HOURLY", byday="MO")],
        [hours("09:00", "12:00", frequency="WEEKLY", interval=2, byday="MO")],
        [hours("09:00", "", frequency="WEEKLY", byday="MO")],
    ],
)
def test_what_the_hours_do_not_tell_is_never_closed(lines: list[HoursLine]) -> None:
    assert is_open(lines, at("2026-03-02T22:00")) is None
    assert opening_at(lines, at("2026-03-02T22:00")) == Opening(None)
    in_words(lines)


def test_hours_that_touch_are_one() -> None:
    lines = [
        hours("08:00", "12:00", byday="MO"),
        hours("12:00", "16:00", byday="MO"),
        hours("18:00", "20:00", byday="MO"),
    ]
    assert open_until(lines, at("2026-03-02T09:00")) == at("2026-03-02T16:00")
    assert next_opening(lines, at("2026-03-02T09:00")) == at("2026-03-02T12:00")
    assert open_until(lines, at("2026-03-02T17:00")) is None


_weekly = st.builds(
    lambda days, interval, start, weeks: hours(
        "09:00",
        "12:00",
        frequency="WEEKLY",
        byday=",".join(days),
        interval=interval,
        dtstart=start,
        until=start + timedelta(weeks=weeks),
    ),
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
    st.integers(1, 4),
    st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    st.integers(0, 900),
)


@given(_weekly, st.dates(date(2015, 1, 1), date(2030, 1, 1)))
@settings(max_examples=150, deadline=None)
def test_days_are_those_of_the_rule_written_out(line: HoursLine, day: date) -> None:
    text = f"FREQ=WEEKLY;INTERVAL={line.interval};BYDAY={line.byday};UNTIL={line.until:%Y%m%d}T235959"
    rule = rrulestr(text, dtstart=datetime.combine(line.dtstart or day, time()))
    last = day + timedelta(days=40)
    expected = [
        found.date() for found in rule.between(datetime.combine(day, time()), datetime.combine(last, time()), True)
    ]
    assert occurrences(line, day, last) == expected


@given(
    st.lists(st.tuples(st.sampled_from(WEEKDAYS), st.integers(0, 95), st.integers(0, 95)), min_size=1, max_size=5),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20)),
)
@settings(max_examples=100, deadline=None)
def test_it_is_closed_until_the_next_opening_and_open_there(slots: list[tuple[str, int, int]], naive: datetime) -> None:
    def quarter(number: int) -> str:
        return f"{number // 4:02d}:{number % 4 * 15:02d}"

    lines = [hours(quarter(opens), quarter(closes), byday=day) for day, opens, closes in slots]
    moment = naive.replace(tzinfo=UTC)
    if (end := open_until(lines, moment)) is not None:
        assert is_open(lines, end - timedelta(seconds=1)) is True
        assert is_open(lines, end) is False or end - moment > timedelta(days=6)
    elif (following := next_opening(lines, moment)) is not None:
        assert is_open(lines, following) is True
        assert is_open(lines, following - timedelta(seconds=1)) is False
        step = (following - moment) / 7
        assert not any(is_open(lines, moment + step * number) for number in range(7))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([OFFICE], ["lundi au vendredi, 8 h 30 à 16 h 30"]),
        (
            [
                hours("08:30", "12:00", byday="MO,TU,WE,TH"),
                hours("13:00", "16:30", byday="MO,TU,WE,TH"),
                hours("08:30", "12:00", byday="FR"),
            ],
            ["lundi au jeudi, 8 h 30 à 12 h et 13 h à 16 h 30", "vendredi, 8 h 30 à 12 h"],
        ),
        ([hours("09:00", "12:00", byday="MO,WE,FR")], ["lundi, mercredi et vendredi, 9 h à 12 h"]),
        ([hours("00:00", "00:00", frequency="DAILY")], ["tous les jours, jour et nuit"]),
        ([hours("19:00", "00:00", frequency="MONTHLY", byday="1TU")], ["le premier mardi du mois, 19 h à minuit"]),
        ([hours("09:00", "12:00", frequency="MONTHLY", bymonthday="15")], ["le 15 du mois, 9 h à 12 h"]),
        (
            [hours("13:00", "16:00", frequency="WEEKLY", interval=2, byday="TU", dtstart=date(2026, 3, 3))],
            ["mardi, une semaine sur deux, 13 h à 16 h"],
        ),
        (
            [hours("09:00", "17:00", frequency="DAILY", valid_from=date(2026, 6, 24), valid_to=date(2026, 9, 1))],
            ["tous les jours, 9 h à 17 h, du 24 juin 2026 au 1er septembre 2026"],
        ),
        ([hours(description="Sur rendez-vous")], ["Sur rendez-vous"]),
        ([hours("09:00", "12:00", byday="MO", description="sur appel")], ["lundi, 9 h à 12 h (sur appel)"]),
        (
            [OFFICE, hours(valid_from=date(2026, 12, 21), valid_to=date(2027, 1, 3), description="Fermé")],
            ["lundi au vendredi, 8 h 30 à 16 h 30", "Fermé, du 21 décembre 2026 au 3 janvier 2027"],
        ),
    ],
)
def test_hours_in_words(lines: list[HoursLine], expected: list[str]) -> None:
    assert [line.replace("\u00a0", " ") for line in in_words(lines)] == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T09:00", "Ouvert jusqu'à 16 h 30"),
        ("2026-03-02T07:00", "Fermé, ouvre à 8 h 30"),
        ("2026-03-02T18:00", "Fermé, ouvre demain à 8 h 30"),
        ("2026-03-06T18:00", "Fermé, ouvre lundi à 8 h 30"),
    ],
)
def test_the_moment_in_words(moment: str, expected: str) -> None:
    said = opening_in_words(opening_at([OFFICE], at(moment)), at(moment))
    assert said.replace("\u00a0", " ") == expected


def test_hours_in_english() -> None:
    with translation.override("en"):
        assert "8:30\u00a0a.m." in in_words([OFFICE])[0]
