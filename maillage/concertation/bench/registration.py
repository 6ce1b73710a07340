"""`maillage bench registration`: a crowd registers at the same instant for a few places, by the page that anybody opens.

Requests go through the whole product (middleware, forms, services, audit, mail queued) in several processes of several
threads, each request from an address of its own, over the engine's own locks. What is counted afterwards is read from
the database by SQL: places given, ranks, who waits.
"""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import RegistrationState
from maillage.concertation.models import Group, Meeting, Registration
from maillage.concertation.services.registrations import withdraw
from maillage.concertation.turns import in_turn
from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.core.benchmarks import Measure
from maillage.core.errors import Refused

ENTRIES = 500
PLACES = 40
PROCESSES, THREADS = 4, 16  # a server of four processes: more would queue before it
WITHDRAWN = 5
BAR = "budget"


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows, on SQLite then on PostgreSQL. `Refused` when a place was given twice or the list is out of order."""
    home = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    found = {}
    try:
        say(_("%(n)d demandes pour %(places)d places, dans SQLite") % {"n": entries, "places": PLACES})
        found["SQLite"] = Parts("registration", home / "sqlite", "", entries)("crowd")
        say(_("%(n)d demandes pour %(places)d places, dans PostgreSQL") % {"n": entries, "places": PLACES})
        with postgresql_database() as address:
            found["PostgreSQL"] = Parts("registration", home / "pg", address, entries)("crowd")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for engine, measured in found.items():
        if measured["faults"]:
            raise Refused(f"{engine} : {'; '.join(measured['faults'])}")
    return [row for engine, measured in found.items() for row in rows(engine, measured)]


def rows(engine: str, measured: dict[str, Any]) -> list[Measure]:
    """What a crowd came to, on one engine."""
    return [
        Measure(f"{engine}, places données", measured["held"], "", BAR, float(PLACES)),
        Measure(f"{engine}, en liste d'attente, en ordre", measured["waiting"], ""),
        Measure(f"{engine}, demandes par seconde", measured["rate"], "/s"),
        Measure(f"{engine}, la demande la plus lente", measured["slowest"], "s", BAR, 60.0),
        Measure(f"{engine}, 95 demandes sur 100", measured["p95"], "s"),
    ]


def crowd(entries: int) -> dict[str, Any]:
    """An empty database, one public meeting, `entries` requests at once; then some give up and the first waiting get in."""
    call_command("migrate", verbosity=0)
    # Pages name their style sheets as they are: no build is asked of a database made for the occasion.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    meeting = _meeting()
    address = reverse("concertation:register", args=[meeting.uid])
    connections.close_all()
    shares = [range(start, entries, PROCESSES) for start in range(PROCESSES)]
    began = time.perf_counter()
    with get_context("fork").Pool(PROCESSES) as pool:
        told = [one for part in pool.starmap(_ask_all, [(address, share) for share in shares]) for one in part]
    elapsed = time.perf_counter() - began
    statuses = Counter(status for status, _taken in told)
    taken = [seconds for _status, seconds in told]
    faults = [] if statuses == {200: entries} else [f"réponses : {dict(statuses)}"]
    faults += [*_faults(meeting, min(PLACES, entries), entries), *_faults_after_withdrawals(meeting, entries)]
    return {
        "held": meeting.registrations.holding().count(),
        "waiting": meeting.registrations.waiting().count(),
        "rate": entries / elapsed,
        "slowest": max(taken),
        "p95": quantiles(taken, n=20)[-1] if len(taken) > 1 else max(taken),
        "faults": faults,
    }


def _meeting() -> Meeting:
    group = Group.objects.create(name="Groupe de mesure", slug="mesure", is_public=True)
    starts = timezone.now() + timedelta(days=7)
    return Meeting.objects.create(
        group=group,
        title="Formation de mesure",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Salle inventée",
        takes_registrations=True,
        is_public=True,
        capacity=PLACES,
    )


def _ask_all(address: str, numbers: range) -> list[tuple[int, float]]:
    """One process of the crowd: all its requests are sent to its threads at once."""
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda number: _ask(address, number), numbers))
        list(pool.map(lambda _n: connections.close_all(), range(THREADS)))
    return found


def _ask(address: str, number: int) -> tuple[int, float]:
    """One person registers; what they were answered, and in how long."""
    sent = {"name": f"Personne {number}", "email": f"personne{number}@exemple.invalid", "capacity": "citizen"}
    client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")
    began = time.perf_counter()
    status = client.post(address, sent).status_code
    return status, time.perf_counter() - began


def _faults(meeting: Meeting, held: int, asked: int) -> list[str]:
    """What is wrong with the places of a meeting: told in sentences, none when all is well."""
    with connection.cursor() as cursor:
        table = Registration._meta.db_table
        cursor.execute(f"SELECT state, rank FROM {table} WHERE meeting_id = %s ORDER BY rank", [meeting.pk])  # noqa: S608
        found = cursor.fetchall()
    ranks = [rank for _state, rank in found]
    holding = [rank for state, rank in found if state == RegistrationState.REGISTERED]
    waiting = [rank for state, rank in found if state == RegistrationState.WAITING]
    faults = []
    if ranks != list(range(1, asked + 1)):
        faults.append(f"{len(ranks)} inscriptions pour {asked} demandes, ou des rangs qui se répètent")
    if len(holding) != held:
        faults.append(f"{len(holding)} places données au lieu de {held}")
    if holding and waiting and max(holding) > min(waiting):
        faults.append("quelqu'un est passé devant la liste d'attente")
    return faults


def _faults_after_withdrawals(meeting: Meeting, asked: int) -> list[str]:
    """Some give their place up at once: the first who wait take them, in their order."""
    given = list(meeting.registrations.holding().order_by("rank")[:WITHDRAWN])
    first = list(meeting.registrations.waiting().values_list("rank", flat=True)[: len(given)])
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_give_up, given))
    promoted = meeting.registrations.exclude(promoted_at=None).order_by("rank").values_list("rank", flat=True)
    faults = [] if list(promoted) == first else ["les places libérées ne sont pas allées aux premières personnes"]
    return faults + _faults(meeting, min(PLACES, asked - len(given)), asked)


def _give_up(registration: Registration) -> None:
    in_turn(lambda: withdraw(actor=None, registration=registration))
    connections.close_all()


PARTS = {"crowd": crowd}
