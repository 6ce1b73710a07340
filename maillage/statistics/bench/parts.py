"""Parts of `bench portrait`, each run in a process of its own over the home and database that its environment names."""

import resource
import time
import uuid
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from maillage.core.benchmarks import milliseconds, timed
from maillage.core.changes import announce
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry
from maillage.programs.models import Program
from maillage.statistics import definitions, filters, mirror, queries
from maillage.statistics.portrait import Portrait
from maillage.statistics.vocabularies import territory_of, vocabularies
from maillage.tables.engine import Counts, Facts

from . import world
from .by_sql import Answers, Reference, roots_of

YEAR = (date(2014, 1, 1), date(2014, 12, 31))
MRC = "100"
MONTH = (date(2014, 3, 1), date(2014, 3, 31))
UNCOUNTED = ("coverage", "hours_by_role")


def fill(entries: int) -> dict[str, Any]:
    """An empty database becomes that of an invented programme with `entries` entries."""
    call_command("migrate", verbosity=0)
    program = world.make()
    start = time.perf_counter()
    call_command("synth", "journal", program=program.slug, entries=entries, seed=1)
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {"fill": seconds, "peak": peak_megabytes()}


def first(entries: int) -> dict[str, Any]:
    """The first portrait of a process: with the store to build, or only to load."""
    start = time.perf_counter()
    queries.portrait(program=Program.objects.get(slug=world.SLUG))
    return {"seconds": time.perf_counter() - start, "peak": peak_megabytes()}


def reference(entries: int) -> dict[str, Any]:
    """The tables by SQL on this database."""
    return _measured(Reference(Program.objects.get(slug=world.SLUG)), entries)


def by_duckdb(entries: int) -> dict[str, Any]:
    """The tables by DuckDB, written by hand: over files, then in memory."""
    from .by_duckdb import ByHand
    from .flat import connect, export

    program, flat = Program.objects.get(slug=world.SLUG), export()
    with connect() as connection:
        asked = ByHand(connection, flat, str(program.pk), roots_of(program))
        files = _measured(asked, entries)
        asked.take_in(flat)
        return {"files": files, "memory": _measured(asked, entries), "peak": peak_megabytes()}


def by_pandas(entries: int) -> dict[str, Any]:
    """The tables by pandas, all being in memory already."""
    from .by_pandas import InFrames
    from .flat import export

    program, flat = Program.objects.get(slug=world.SLUG), export()
    return _measured(InFrames(flat, str(program.pk), roots_of(program)), entries) | {"peak": peak_megabytes()}


def _measured(asked: Any, entries: int) -> dict[str, Any]:
    """What somebody else answers, and in what time."""
    whole, part = (date(2013, 1, 1), date(2016, 12, 31)), (*YEAR, MRC)
    runs = 5 if entries <= 100_000 else 3 if entries <= 1_000_000 else 2
    return {
        "answers": {"whole": asked.portrait(*whole), "part": asked.portrait(*part)},
        "whole": milliseconds(lambda: asked.portrait(*whole), runs=runs, warm=False),
        "part": milliseconds(lambda: asked.portrait(*part), runs=runs, warm=False),
    }


def product(entries: int) -> dict[str, Any]:
    """The product's portraits, and the kernel over the same columns."""
    program = Program.objects.get(slug=world.SLUG)
    words = vocabularies(program, program.start, program.end or date.today())
    tabs = definitions.questions(words)
    divisions = territory_of(program)
    whole = filters.conditions(program, filters.scope(program, None, None, "", None, divisions), words)
    part = filters.conditions(program, filters.scope(program, *YEAR, MRC, None, divisions), words)
    theme = filters.conditions(program, filters.scope(program, *YEAR, MRC, {"theme": ["food"]}, divisions), words)
    made = {
        "whole": milliseconds(lambda: queries.portrait(program=program), runs=21),
        "part": milliseconds(
            lambda: queries.portrait(program=program, start=YEAR[0], end=YEAR[1], territory=MRC), runs=21
        ),
        "answers": {
            "whole": answers_of(queries.portrait(program=program)),
            "part": answers_of(queries.portrait(program=program, start=YEAR[0], end=YEAR[1], territory=MRC)),
        },
    }
    with mirror.facts(definitions.FACTS) as facts:
        month = filters.conditions(program, filters.scope(program, *MONTH, MRC, None, divisions), words)
        made["cube"] = milliseconds(lambda: facts.ask(tabs, whole), runs=21)
        made["cube_month"] = milliseconds(lambda: facts.ask(tabs, month), runs=21)
        made["facts"], made["facts_cpu"] = timed(lambda: facts.ask(tabs, whole, cube=False), runs=21)
        made["facts_part"] = milliseconds(lambda: facts.ask(tabs, part, cube=False), runs=21)
        made["facts_theme"] = milliseconds(lambda: facts.ask(tabs, theme), runs=21)
        same = facts.ask(tabs, whole, cube=False)
        assert all(same[id].totals == counts.totals for id, counts in facts.ask(tabs, whole).items())
        made["kernel"] = _kernel(facts, program, same)
    return made


def answers_of(portrait: Portrait) -> Answers:
    """The portrait's figures as the reference gives them."""
    answers: Answers = {}
    for table in portrait.tables:
        if table.id == "axes_crossing":
            codes = [column.code for column in table.columns]
            answers[table.id] = {
                f"{row.code}×{code}": int(count or 0)
                for row in table.rows
                for code, count in zip(codes, row.counts, strict=True)
            }
        elif table.id not in UNCOUNTED:
            answers[table.id] = {row.code: int(row.count or 0) for row in table.rows}
    return answers


def _kernel(facts: Facts, program: Program, counts: dict[str, Counts]) -> dict[str, Any]:
    """The kernel's time, once its counters are seen to be the product's figures."""
    from .kernel import Kernel

    kernel = Kernel(facts, threads=2)
    number = facts.number("program", str(program.pk))
    entries, (needs, _kinds) = kernel.count(number or 0, 0, 60_000)
    dimensions = {"tenure": "tenure", "territory": "mrc", "action": "action", "themes": "theme", "success": "success"}
    for id, dimension in dimensions.items():
        for code in counts[id].rows:
            rank = facts.number(dimension, code) if code else None
            assert rank is None or kernel.of(dimension, rank, entries) == counts[id].count(code), (id, code)
    assert int(needs.sum()) == counts["referral_destination"].total()
    wall, cpu = timed(lambda: kernel.count(number or 0, 0, 60_000), runs=21)
    return {"whole": wall, "cpu": cpu}


def refresh(entries: int) -> dict[str, float]:
    """After one new entry: time to publish it and take it in, and time of the whole next portrait.

    The last part: others count the same entries as the product did.
    """
    program = Program.objects.get(slug=world.SLUG)
    queries.portrait(program=program)
    source = mirror.sources()[definitions.FACTS]
    taken: dict[str, list[float]] = {"refresh": [], "portrait": []}
    for measured in ["refresh"] * 15 + ["portrait"] * 15:
        _one_more(program)
        start = time.perf_counter()
        if measured == "portrait":
            queries.portrait(program=program)
        else:
            with mirror.facts(source.schema.name):
                pass
        taken[measured].append((time.perf_counter() - start) * 1000)
    return {name: sorted(times)[len(times) // 2] for name, times in taken.items()}


@transaction.atomic
def _one_more(program: Program) -> None:
    entry = Entry.objects.filter(program=program).order_by("-pk").first()
    assert entry is not None
    entry.pk, entry.uid = None, uuid.uuid4()
    entry.save(force_insert=True)
    announce(STREAM, [entry.pk])


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {
    "fill": fill,
    "first": first,
    "reference": reference,
    "product": product,
    "duckdb": by_duckdb,
    "pandas": by_pandas,
    "refresh": refresh,
}
