"""What the search finds of the questions that were judged by hand, and that it finds the same everywhere."""

import csv
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from maillage.core.text import fold
from maillage.directory.searching import Question, search_services
from maillage.directory.synthetic import judged
from maillage.directory.synthetic.judged import recall

from .corpus import TODAY, Corpus, make_corpus

ANSWERS = Path(__file__).with_name("judged") / "answers.tsv"


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def corpus(db: None) -> Corpus:
    return make_corpus()


def _recall(corpus: Corpus, way: Any) -> float:
    asked, judgement = judged.questions(), corpus.judgement
    found = [
        recall(
            search_services(Question(words=way(question)), AnonymousUser(), size=10).ids, judgement.answers(question)
        )
        for question in asked
    ]
    return sum(found) / len(found)


def test_the_judged_set_is_whole(corpus: Corpus) -> None:
    asked, judgement = judged.questions(), corpus.judgement
    assert len(asked) >= 120
    assert len({question.text for question in asked}) == len(asked)
    assert all(judgement.answers(question) for question in asked)
    assert all(fold(question.slips) != fold(question.text) for question in asked if question.slips != question.text)


def test_nearly_all_that_was_judged_is_found(corpus: Corpus) -> None:
    plain = _recall(corpus, lambda question: question.text)
    bare = _recall(corpus, lambda question: fold(question.text))
    slips = _recall(corpus, lambda question: question.slips)
    assert plain >= 0.87
    assert bare == plain
    assert slips >= 0.83


def test_the_answers_are_the_same_on_every_database(corpus: Corpus) -> None:
    """The first ten of each question, as they were written down: SQLite and PostgreSQL both give them."""
    found = [[question.slips, " ".join(map(str, corpus.ranks(question.slips)))] for question in judged.questions()]
    if os.environ.get("WRITE_ANSWERS"):
        with ANSWERS.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t", lineterminator="\n").writerows(found)
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        assert found == list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_day_changes_the_order_of_fresh_sheets_only(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    first = search_services(Question(words="friperie"), AnonymousUser())
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2030, 1, 1))
    assert search_services(Question(words="friperie"), AnonymousUser()).total == first.total
