"""Two people type one text: what both wrote is kept, or both versions show."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.concertation.merging import Merged, merge

LINES = st.lists(st.sampled_from(["", "un", "deux", "trois", "quatre", "cinq"]), max_size=7)
TEXTS = LINES.map("\n".join)
SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no failure


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text"),
    [
        ("", "Accueil", "", "Accueil"),
        ("Accueil", "Accueil", "Accueil\nPauline ouvre", "Accueil\nPauline ouvre"),
        ("", "De moi", "D'elle", "D'elle\nDe moi"),
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb", "a\nb\nmoi", "a\nb\nelle", "a\nb\nelle\nmoi"),
        ("a", "a\nsuite", "a corrigé", "a corrigé\nsuite"),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
        ("", "un", "un\ndeux", "un\ndeux"),
        ("a", "a\nпривет", "مرحبا\na", "مرحبا\na\nпривет"),
    ],
)
def test_what_both_wrote_elsewhere_is_kept(base: str, mine: str, theirs: str, text: str) -> None:
    assert merge(base, mine, theirs) == Merged(text, True)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("On se revoit", "On se revoit lundi", "On se revoit mardi", "On se revoit mardi\nOn se revoit lundi"),
        ("a\nb\nc", "a\nc", "a\nB\nc", "a\nB\nc"),
        ("a\nb\nc", "a\nx\ny\nc", "a\nz\nc", "a\nz\nx\ny\nc"),
    ],
)
def test_lines_that_both_changed_show_both_versions(base: str, mine: str, theirs: str, both: str) -> None:
    assert merge(base, mine, theirs) == Merged(both, False)


@SLOW
@given(TEXTS, TEXTS)
def test_who_changed_nothing_changes_nothing(base: str, other: str) -> None:
    assert merge(base, base, other) == merge(base, other, base) == merge(base, other, other) == Merged(other, True)


@SLOW
@given(TEXTS, TEXTS, TEXTS)
def test_no_line_that_somebody_wrote_is_lost(base: str, mine: str, theirs: str) -> None:
    def lines(text: str) -> Counter[str]:
        return Counter(text.split("\n") if text else [])

    made = set(lines(merge(base, mine, theirs).text))
    for written in (mine, theirs):
        assert set(lines(written) - lines(base)) <= made
