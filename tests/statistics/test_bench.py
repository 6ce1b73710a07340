"""The portrait beside a reference that counts in another way: SQL on the normalized tables."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from maillage.statistics import queries
from maillage.statistics.bench import parts, world
from maillage.statistics.bench.by_sql import Reference
from maillage.statistics.bench.portrait import compare

pytestmark = pytest.mark.django_db


def test_every_figure_is_that_of_the_normalized_tables() -> None:
    program = world.make()
    call_command("synth", "journal", program=program.slug, entries=600, seed=3, stdout=StringIO())
    year = {"start": date(2014, 1, 1), "end": date(2014, 12, 31)}
    asked = Reference(program)
    ours = {
        "whole": parts.answers_of(queries.portrait(program=program)),
        "part": parts.answers_of(queries.portrait(program=program, **year, territory=parts.MRC)),
    }
    whole = asked.portrait(program.start, date(2016, 12, 31))
    assert len(whole) == 15
    compare(ours, {"whole": whole, "part": asked.portrait(*year.values(), parts.MRC)})
