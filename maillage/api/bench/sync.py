"""`maillage bench sync`: batches of devices through the whole product, beside the raw driver writing the same rows.

Requests go through the application as a server calls it (middleware, session and its token, signatures, unsealing,
rules, audit, announcement to the facts, commit), in one process, so that nothing else is counted. Then the driver alone
writes the very rows of each batch again, in one transaction each, in the same tables. Both take turns: what else the
machine does weighs on both.
"""

import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.core.benchmarks import Measure
from maillage.core.changes import epoch
from maillage.programs.models import Program

from . import world
from .batches import OPS, WAYS, Requests, Typist, Way, body, require_applied, sign_in, write
from .phones import phones
from .raw import Driver

ENTRIES = 4000
SIZES = (1, 20, 50)
TURNS = 8
LEAST_BATCHES, MOST_BATCHES = 2, 400
ENGINES = ("SQLite", "PostgreSQL")
AIM_RATE, AIM_CPU = 1500.0, 1.0


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows, on SQLite then on PostgreSQL."""
    home = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    try:
        say(_("%(entries)d interventions par mesure, dans SQLite") % {"entries": entries})
        found = {"SQLite": Parts("sync", home / "sqlite", "", entries)("batches")}
        say(_("%(entries)d interventions par mesure, dans PostgreSQL") % {"entries": entries})
        with postgresql_database() as address:
            found["PostgreSQL"] = Parts("sync", home / "pg", address, entries)("batches")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return [row for engine in ENGINES for measured in found[engine] for row in rows(engine, measured)]


def rows(engine: str, measured: dict[str, Any]) -> list[Measure]:
    """Three rows: entries per second, then the clock and the processor for one entry beside the driver."""
    name = f"{engine}, {measured['way']}, lots de {measured['size']}"
    clock, work, raw_clock, raw_work = (measured[key] for key in ("clock", "work", "raw_clock", "raw_work"))
    return [
        Measure(name, 1000 / clock, "/s", "pilote seul", 1000 / raw_clock),
        Measure(f"{name}, horloge", clock, "ms", "pilote seul", raw_clock),
        Measure(f"{name}, processeur", work, "ms", "pilote seul", raw_work),
    ]


def batches(entries: int) -> list[dict[str, Any]]:
    """An empty database becomes that of an invented programme; then each way and size in turn."""
    call_command("migrate", verbosity=0)
    world.make()
    return [measure(way, size, entries) for way in WAYS for size in SIZES]


def measure(way: Way, size: int, entries: int) -> dict[str, Any]:
    """Milliseconds for one entry, by the clock and of the processor, of the product and of the driver: medians of turns."""
    count = min(MOST_BATCHES, max(LEAST_BATCHES, entries // size))
    requests, driver = Requests(), Driver()
    prepared = _prepared(requests, way, size, count + 1)
    require_applied(requests.send(prepared.pop()), size)
    step = max(1, count // TURNS)
    turns = [_turn(requests, driver, prepared[at : at + step], size) for at in range(0, count, step)]
    driver.link.close()
    found = {key: median(turn[key] for turn in turns) for key in turns[0]}
    return {"way": way.name, "size": size, "entries": count * size, **found}


def _prepared(requests: Requests, way: Way, size: int, count: int) -> list[dict[str, Any]]:
    """Requests of devices of several persons, one after the other."""
    program, life = Program.objects.get(slug=world.SLUG), epoch()
    typist, people = Typist(program, seed=size), world.team()
    pens = [world.enrol(person, sealed=way.sealed) for person in people]
    headers = [sign_in(person) if way.address == OPS else {} for person in people]
    found = []
    for turn in range(count):
        pen, shown = pens[turn % len(pens)], headers[turn % len(pens)]
        found.append(requests.prepare(way.address, body(pen, write(pen, typist, program.slug, size), life), shown))
    return found


def _turn(requests: Requests, driver: Driver, prepared: list[dict[str, Any]], size: int) -> dict[str, float]:
    """A few batches by the product, then the same rows by the driver."""
    answers, marks = [], [driver.mark()]
    clock = work = 0.0
    for environ in prepared:
        began, worked = time.perf_counter(), time.process_time()
        answers.append(requests.send(environ))
        clock, work = clock + time.perf_counter() - began, work + time.process_time() - worked
        marks.append(driver.mark())
    for answer in answers:
        require_applied(answer, size)
    taken = [driver.take(low, high) for low, high in pairwise(marks)]
    driver.remove(marks[0])
    began, worked = time.perf_counter(), time.process_time()
    for rows_of_batch in taken:
        driver.write(rows_of_batch)
    raw_clock, raw_work = time.perf_counter() - began, time.process_time() - worked
    each = 1000 / (len(prepared) * size)
    return {"clock": clock * each, "work": work * each, "raw_clock": raw_clock * each, "raw_work": raw_work * each}


PARTS = {"batches": batches, "phones": phones}
