"""What a server suffers while phones write: each fault comes from outside, at an instant that the seed draws."""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from random import Random

import psycopg
import pysqlite3

from .campaign import Run
from .engines import Postgresql

Fault = Callable[[Run, Random], None]


def kill(run: Run, random: Random) -> None:
    """F1: SIGKILL of every process, back after 0 to 400 ms."""
    with run.server.lock:
        run.server.kill()
        time.sleep(random.uniform(0, 0.4))
        run.server.start()


def lock(run: Run, random: Random) -> None:
    """F8: somebody holds the database longer than a request waits."""
    if run.url:
        with psycopg.connect(run.url) as link:
            link.execute("LOCK TABLE journal_syncoperation IN ACCESS EXCLUSIVE MODE")
            time.sleep(random.uniform(0.2, 3))
        return
    with closing(pysqlite3.connect(run.home / "maillage.sqlite3", timeout=30, isolation_level=None)) as link:
        link.execute("BEGIN IMMEDIATE")
        time.sleep(random.uniform(0.2, 6.5))
        link.execute("ROLLBACK")


def fill(run: Run, random: Random) -> None:
    """F10: not one page can be added to the database."""
    flag = run.home / "full"
    flag.touch()
    time.sleep(random.uniform(0.3, 1))
    flag.unlink()


def terminate(run: Run, random: Random) -> None:
    """F13: PostgreSQL ends every connection of the product."""
    with psycopg.connect(run.url, autocommit=True) as link:
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def crash(run: Run, random: Random) -> None:
    """F13: the whole PostgreSQL stops at once, as by a power cut, and replays its log."""
    assert isinstance(run.engine, Postgresql)
    if run.engine.cluster is None:
        terminate(run, random)
        return
    run.engine.cluster.crash()
    run.engine.cluster.start()


def disable(run: Run, random: Random) -> None:
    """F9: an account is closed while its phones send."""
    person = random.choice([phone.person for phone in run.phones])
    run.touched.add(person)
    run.world.insist("active", person, False)
    time.sleep(random.uniform(0.1, 0.6))
    run.world.insist("active", person, True)


def withdraw(run: Run, random: Random) -> None:
    """F9: a person leaves the programme while her phones send, and comes back."""
    person = random.choice([phone.person for phone in run.phones])
    run.touched.add(person)
    run.world.insist("member", person, False)
    time.sleep(random.uniform(0.1, 0.6))
    run.world.insist("member", person, True)


def back_up(run: Run, random: Random) -> None:
    """F12, first half: a backup, while everything goes on."""
    run.world.insist("manage", "backup", str(run.home.parent / f"{run.home.name}-backup"))


def restore(run: Run, random: Random) -> None:
    """F12, second half: what was written since the backup is gone from the server."""
    with run.server.lock:
        run.server.kill()
        run.world.insist("manage", "restore", str(run.home.parent / f"{run.home.name}-backup"), "--force")
        for person in run.made["persons"]:
            run.world.call("active", person, True)
            run.world.call("member", person, True)
        run.server.start()


ON_SQLITE: dict[Fault, int] = {kill: 11, lock: 2, fill: 3, disable: 2, withdraw: 2}
ON_POSTGRESQL: dict[Fault, int] = {kill: 11, lock: 2, terminate: 2, crash: 2, disable: 2, withdraw: 2}


def everything(run: Run, share: float = 1.0, restored: bool = True) -> list[Fault]:
    """Faults of one run in the order of its seed; when it is `restored`, a backup after a third, a restore after two
    thirds."""
    doses = ON_POSTGRESQL if run.url else ON_SQLITE
    drawn = [fault for fault, times in doses.items() for _ in range(max(1, round(times * share)))]
    run.random.shuffle(drawn)
    if not restored:
        return drawn
    third = len(drawn) // 3
    return [*drawn[:third], back_up, *drawn[third : 2 * third], restore, *drawn[2 * third :]]


def spread(faults: Iterable[Fault]) -> Callable[[Run], None]:
    """Faults one after another, each when the phones have come far enough in their work."""

    def suffer(run: Run) -> None:
        waiting = list(faults)
        for place, fault in enumerate(waiting):
            end = time.monotonic() + 20
            while run.progress() < (place + 1) / (len(waiting) + 2) and time.monotonic() < end:
                time.sleep(0.02)
            fault(run, run.random)
            run.doses[fault.__name__] += 1

    return suffer
