"""The search beside full text alone: both answer the same questions, and every row is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.directory.bench import search as bench


@pytest.fixture
def address() -> Iterator[str]:
    """A database of the engine that these tests run on, made for the occasion."""
    if connection.vendor == "postgresql":
        with postgresql_database() as made:
            yield made
    else:
        yield ""


def test_the_product_and_full_text_alone_answer_the_same_questions(tmp_path: Path, address: str) -> None:
    measured = Parts("search", tmp_path, address, 150)("measure")
    rows = bench.rows("SQLite", measured)
    assert len(rows) == 10
    assert all(row.product > 0 for row in rows)
    recall = {way: (measured["product"]["recall"][way], measured["alone"]["recall"][way]) for way in bench.WAYS}
    assert all(ours > theirs - 0.05 for ours, theirs in recall.values())
    assert recall["avec des fautes"][0] > recall["avec des fautes"][1] + 0.2
    assert recall["avec accents"][0] == pytest.approx(recall["sans accents"][0])


def test_ranks_are_those_of_the_sorted_times() -> None:
    assert bench.ranks([float(n) for n in range(100, 0, -1)]) == {"p50": 51.0, "p95": 96.0}
    assert sorted(bench.keystrokes(["pain"])) == ["pa", "pai", "pain"]
