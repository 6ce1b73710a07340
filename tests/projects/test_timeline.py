"""The time line: places stay in the line, in the order of the days, whatever the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maillage.projects.timeline import LABELS, WORDS, Scale, Span, begins_too_early

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
ANY = st.dates()


def share(text):
    return float(text.removesuffix("%"))


@st.composite
def spans(draw):
    starts, due = draw(st.none() | ANY), draw(st.none() | ANY)
    if starts and due and due < starts:
        starts, due = due, starts
    return Span(starts, due)


@given(DAYS, st.integers(0, 4000), st.lists(spans(), max_size=8))
def test_every_bar_stays_in_the_line(first, days, asked):
    scale = Scale.around(first, first + timedelta(days=days), asked)
    for span in asked:
        bar = scale.bar(span)
        assert (bar is None) == (span.starts is None and span.due is None)
        if bar is not None:
            assert 0 <= share(bar.x) <= 100
            assert 0 <= share(bar.width) <= 100.001 - share(bar.x)
            assert share(bar.x) <= share(bar.middle) + 0.001


@given(DAYS, DAYS, st.lists(ANY, min_size=2, max_size=8))
def test_a_later_day_is_never_before(first, last, days):
    scale = Scale(min(first, last), max(first, last))
    places = [scale.at(day) for day in sorted(days)]
    assert places == sorted(places)


@given(DAYS, st.integers(0, 4000))
def test_months_begin_the_line_and_few_are_labelled(first, days):
    marks = Scale(first, first + timedelta(days=days)).marks()
    assert marks[0].x == "0.000%"
    assert all(mark.day.day == 1 for mark in marks)
    assert 1 <= sum(mark.labelled for mark in marks) <= LABELS
    assert all(share(mark.x) <= 100 - WORDS for mark in marks if mark.labelled)


@given(DAYS, st.integers(0, 4000), st.none() | ANY, st.none() | ANY)
def test_a_reach_goes_back_when_and_only_when_one_begins_before_the_other_is_over(first, days, ends, begins):
    reach = Scale(first, first + timedelta(days=days)).reach(ends, begins)
    assert (reach is None) == (ends is None or begins is None)
    if reach is not None:
        assert reach.back == begins_too_early(begins, ends)
        assert 0 <= share(reach.x) <= 100
        assert reach.back or share(reach.x) <= share(reach.end)


def test_a_year_is_drawn_day_by_day():
    scale = Scale.around(date(2026, 1, 1), date(2026, 12, 31), [Span(date(2026, 7, 1), date(2026, 7, 31))])
    bar = scale.bar(Span(date(2026, 7, 1), date(2026, 7, 31)))
    assert (bar.kind, bar.x, bar.width) == ("bar", "49.589%", "8.493%")  # 181/365, 31/365
    assert scale.bar(Span(None, date(2026, 7, 1))).kind == "point"
    assert scale.bar(Span(date(2026, 7, 1), None)).kind == "open"
    assert scale.today(date(2027, 1, 1)) == ""


def test_the_line_grows_for_what_goes_out_of_the_period_but_not_without_end():
    scale = Scale.around(date(2026, 1, 1), date(2026, 12, 31), [Span(date(2025, 11, 12), date(2099, 1, 1))])
    assert scale.first == date(2025, 11, 1)
    assert scale.last == date(2031, 12, 31)


def test_what_begins_before_the_end_of_what_it_comes_after_is_told():
    assert begins_too_early(date(2026, 5, 1), date(2026, 5, 1))
    assert not begins_too_early(date(2026, 5, 2), date(2026, 5, 1))
    assert not begins_too_early(None, date(2026, 5, 1))
