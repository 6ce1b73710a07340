"""F18: readers follow the change log while writers commit late, out of order, and sometimes not at all."""

import threading
import time
from random import Random
from typing import Any

from django.db import OperationalError, connection, connections, transaction

from maillage.core import changes
from maillage.core.models import Change

WRITERS, READERS, EACH = 8, 4, 25


class Race:
    """Keys are numbers; `committed` are those whose transaction was committed."""

    def __init__(self, rows: int, mutant: bool, seed: int) -> None:
        self.share, self.seed = rows // WRITERS, seed
        self.read = by_number if mutant else changes.read_since
        self.stream = "chaos.mutant" if mutant else "chaos.race"
        self.committed: set[int] = set()
        self.seen: list[set[int]] = [set() for _ in range(READERS)]
        self.reads, self.begun = 0, "0" if mutant else changes.head(self.stream)
        self.over = threading.Event()

    def write(self, writer: int) -> None:
        """Commit so many keys, a few at a time; one transaction in ten is given up."""
        random, first = Random(self.seed * 100 + writer), writer * self.share
        for start in range(first, first + self.share, EACH):
            keys = list(range(start, min(start + EACH, first + self.share)))
            if random.random() < 0.1:
                self.commit(keys, random, gives_up=True)
            self.commit(keys, random)
            self.committed.update(keys)
        connections.close_all()

    def commit(self, keys: list[int], random: Random, gives_up: bool = False) -> None:
        """One transaction, again when the database was busy."""
        while True:
            try:
                with transaction.atomic():
                    changes.announce(self.stream, keys)
                    if connection.vendor == "postgresql":
                        time.sleep(random.expovariate(200))
                    transaction.set_rollback(gives_up)
                return
            except OperationalError:
                time.sleep(0.01)

    def follow(self, reader: int) -> None:
        """Read what is new, again and again, to the end and once more."""
        cursor, is_last = self.begun, False
        while True:
            keys, cursor = self.read(self.stream, cursor)
            self.seen[reader].update(keys)
            self.reads += 1
            if is_last:
                break
            is_last = self.over.is_set()
            time.sleep(0.002)
        connections.close_all()


def run(rows: int, mutant: bool, seed: int) -> dict[str, Any]:
    """The race; how many committed keys each reader stepped over."""
    race = Race(rows, mutant, seed)
    began = time.monotonic()
    readers = [threading.Thread(target=race.follow, args=(number,)) for number in range(READERS)]
    writers = [threading.Thread(target=race.write, args=(number,)) for number in range(WRITERS)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    race.over.set()
    for thread in readers:
        thread.join()
    skipped = [len(race.committed - seen) for seen in race.seen]
    invented = [len(seen - race.committed) for seen in race.seen]
    said = {"rows": len(race.committed), "reads": race.reads, "skipped": skipped, "invented": invented}
    return {**said, "seconds": round(time.monotonic() - began, 1)}


def by_number(stream: str, cursor: str) -> tuple[list[int], str]:
    """The mutant m9: the number of a line as a cursor, which steps over a line that is committed late."""
    rows = list(Change.objects.filter(stream=stream, id__gt=int(cursor)).order_by("id").values_list("id", "key"))
    return [key for _, key in rows], str(rows[-1][0]) if rows else cursor
