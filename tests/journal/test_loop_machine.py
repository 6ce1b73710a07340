"""The machine of loops, without database: what follows what, who says it, when it is late."""

from datetime import date, timedelta

import pytest

from maillage.journal.enums import FOLLOW_UP_DAYS, INFORMATION, LoopState
from maillage.journal.loops import (
    CLOSED,
    DROPS,
    MOVES,
    OPEN,
    REFUSALS,
    Speaker,
    first_due,
    is_closed,
    moves_from,
    next_due,
    problem_with,
)
from maillage.journal.models import OPEN_STATES
from maillage.programs.enums import VocabularyKind
from maillage.programs.shipped_frame import TERMS

TODAY = date(2026, 5, 6)
TEAM, RECEIVER, HOLDER = Speaker.TEAM, Speaker.RECEIVER, Speaker.HOLDER


def test_every_state_is_open_or_closed_and_the_database_agrees() -> None:
    assert {*OPEN, *CLOSED} == set(LoopState)
    assert not {*OPEN} & {*CLOSED}
    assert set(OPEN_STATES) == set(OPEN)


def test_every_state_but_those_that_no_button_says_is_reached() -> None:
    assert {move.to for move in MOVES} == set(LoopState) - {LoopState.GIVEN, LoopState.SENT}


def test_every_shipped_kind_has_its_delay() -> None:
    assert {line[0] for line in TERMS[VocabularyKind.REFERRAL_KIND]} == {*FOLLOW_UP_DAYS, INFORMATION}


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("speaker", [RECEIVER, HOLDER])
def test_nobody_outside_moves_what_is_closed(state: LoopState, speaker: Speaker) -> None:
    assert moves_from(state, speaker) == []
    assert problem_with(state, LoopState.WAITING, speaker, today=TODAY)


@pytest.mark.parametrize("state", CLOSED)
def test_the_team_corrects_an_outcome_but_does_not_say_it_twice(state: LoopState) -> None:
    reached = {move.to for move in moves_from(state, TEAM)}
    assert reached == {*CLOSED, LoopState.WAITING} - {state}


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("speaker", list(Speaker))
def test_what_a_button_offers_is_what_the_rules_take(state: LoopState, speaker: Speaker) -> None:
    offered = {move.to for move in moves_from(state, speaker)}
    for to in LoopState:
        barrier = "full" if to is LoopState.REFUSED else ""
        day = TODAY if to is LoopState.PROPOSED else None
        assert (problem_with(state, to, speaker, barrier, day, today=TODAY) == "") == (to in offered)


def test_the_person_and_the_receiver_do_not_say_the_same_things() -> None:
    assert LoopState.ABANDONED in {move.to for move in moves_from(LoopState.SENT, HOLDER)}
    assert LoopState.ABANDONED not in {move.to for move in moves_from(LoopState.SENT, RECEIVER)}
    assert LoopState.ACCEPTED not in {move.to for move in moves_from(LoopState.SENT, HOLDER)}


@pytest.mark.parametrize(
    ("to", "barrier", "day", "words"),
    [
        ("refused", "", None, "Dites pourquoi"),
        ("refused", "?", None, "dans la liste"),
        ("obtained", "full", None, "refus ou un abandon"),
        ("proposed", "", None, "Inscrivez la date"),
        ("proposed", "", TODAY - timedelta(days=1), "passée"),
        ("proposed", "", TODAY + timedelta(days=400), "un an"),
        ("accepted", "", TODAY, "Date proposée"),
        ("", "", None, "réponses proposées"),
        ("sent", "", None, "réponses proposées"),
        ("given", "", None, "réponses proposées"),
    ],
)
def test_bad_answers_get_a_sentence(to: str, barrier: str, day: date | None, words: str) -> None:
    assert words in problem_with("sent", to, RECEIVER, barrier, day, today=TODAY)


def test_barriers_of_refusals_and_of_drops() -> None:
    assert "declined" not in REFUSALS
    assert "declined" in DROPS
    assert "full" not in DROPS


@pytest.mark.parametrize(
    ("kind", "days"),
    [("joint_call", 14), ("accompanied", 14), ("transferred", 10), ("information", None), ("", None), ("ajoutee", 14)],
)
def test_first_follow_up_by_kind(kind: str, days: int | None) -> None:
    assert first_due(kind, TODAY, TODAY) == (TODAY + timedelta(days=days) if days else None)


def test_a_journal_that_is_imported_is_chased_by_nobody() -> None:
    assert first_due("transferred", TODAY - timedelta(days=91), TODAY) is None
    assert first_due("transferred", TODAY - timedelta(days=90), TODAY) == TODAY - timedelta(days=80)


def test_next_follow_up() -> None:
    assert next_due("waiting", TODAY) == TODAY + timedelta(days=30)
    assert next_due("proposed", TODAY, TODAY + timedelta(days=9)) == TODAY + timedelta(days=10)
    assert [next_due(state, TODAY) for state in CLOSED] == [None] * 4
    assert all(is_closed(state) == (next_due(state, TODAY) is None) for state in LoopState)
