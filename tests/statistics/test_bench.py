"""The portrait beside a reference that counts in another way: SQL on the normalized tables."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from maillage.core.errors import Refused
from maillage.statistics import queries
from maillage.statistics.bench import parts, rows, world
from maillage.statistics.bench import portrait as bench
from maillage.statistics.bench.by_duckdb import ByHand
from maillage.statistics.bench.by_pandas import InFrames
from maillage.statistics.bench.by_sql import Reference, roots_of
from maillage.statistics.bench.flat import connect, export
from maillage.statistics.bench.portrait import compare

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_figure_is_that_of_every_reference(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    program = world.make()
    call_command("synth", "journal", program=program.slug, entries=600, seed=3, stdout=StringIO())
    year = {"start": date(2014, 1, 1), "end": date(2014, 12, 31)}
    asked = Reference(program)
    ours = {
        "whole": parts.answers_of(queries.portrait(program=program)),
        "part": parts.answers_of(queries.portrait(program=program, **year, territory=parts.MRC)),
    }
    flat = export()
    with connect() as connection:
        by_hand = ByHand(connection, flat, str(program.pk), roots_of(program))
        over_files = answers(by_hand)
        by_hand.take_in(flat)
        found = [answers(asked), over_files, answers(by_hand)]
    found.append(answers(InFrames(flat, str(program.pk), roots_of(program))))
    for theirs in found:
        assert {len(tables) for tables in theirs.values()} == {15}
        compare(ours, theirs)
    theirs["part"]["themes"]["food"] += 1
    with pytest.raises(Refused, match="themes"):
        compare(ours, theirs)


def answers(asked: Any) -> dict[str, Any]:
    """What a reference says of the two questions."""
    return {
        "whole": asked.portrait(date(2013, 1, 1), date(2016, 12, 31)),
        "part": asked.portrait(*parts.YEAR, parts.MRC),
    }


def test_growth_is_seen_over_decades_and_told_as_a_power() -> None:
    assert bench._decades(100_000) == [10_000]
    assert bench._decades(10_000_000) == [10_000, 100_000, 1_000_000]
    assert bench._decades(5_000) == []
    assert rows.exponent(3.0, 30.0, 10) == pytest.approx(1.0)
    assert rows.exponent(5.0, 5.0, 10) == 0.0
