"""Screening against sentences written for it. The figures go in docs/explanation/algorithms/screening.md."""

import pytest

from maillage.journal.screening import client_rules, place_keys, screen

from .sentences import AFTERWARDS, HARMLESS, IDENTIFYING, KNOWN

PLACES = place_keys(KNOWN)
FEWEST_FOUND, FEWEST_RIGHT = 0.97, 0.97


def kinds(sentence: str) -> set[str]:
    return {finding.kind for finding in screen(sentence, PLACES)}


def scores(pairs: list[tuple[str, set[str]]]) -> tuple[float, float]:
    """Recall and precision over (sentence, kind) pairs."""
    hits = misses = false = 0
    for sentence, wanted in pairs:
        found = kinds(sentence)
        hits += len(found & wanted)
        misses += len(wanted - found)
        false += len(found - wanted)
    return hits / (hits + misses), hits / (hits + false)


def test_recall_and_precision() -> None:
    recall, precision = scores([*IDENTIFYING, *((sentence, set()) for sentence in HARMLESS)])
    assert recall >= FEWEST_FOUND, [(s, w, kinds(s)) for s, w in IDENTIFYING if w - kinds(s)]
    assert precision >= FEWEST_RIGHT, [(s, screen(s, PLACES)) for s in HARMLESS if kinds(s)]


def test_sentences_that_the_lists_were_not_tuned_on() -> None:
    recall, precision = scores(AFTERWARDS)
    assert recall >= 0.75
    assert precision >= 0.95


def test_passages_stand_where_they_say() -> None:
    for sentence, _wanted in IDENTIFYING:
        for finding in screen(sentence, PLACES):
            assert sentence[finding.start : finding.end] == finding.passage
            assert str(finding.sentence)


def test_a_known_place_is_spared_and_a_person_in_it_is_not() -> None:
    assert not screen("Visite à la Villa Germaine-Guay.", place_keys(["Villa Germaine-Guay"]))
    assert kinds("Visite à l'OMH de Lévis chez Ginette.") == {"name"}


@pytest.mark.parametrize("text", ["", "\x00", "🙂" * 500, "A" * 4000, "Aa " * 1300, "1" * 4000, "é-" * 2000])
def test_any_text_is_read_quickly(text: str) -> None:
    screen(text, PLACES)


def test_patterns_can_be_read_by_the_page() -> None:
    for _kind, pattern, _flags in client_rules()["patterns"]:
        assert "(?P" not in pattern
