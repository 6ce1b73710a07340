"""Faults that are not drawn but looked at one by one: each step of a push, the disk's answer, a backup, a full disk."""

import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import faults, oracle
from .campaign import Dose, Outcome, Run
from .engines import Engine, Postgresql, wait_until
from .entries import edited, fresh
from .envelopes import uuid7
from .phone import WRONG_SECONDS, Phone
from .wire import NoAnswer

NAMED = (
    "INSERT INTO journal_syncoperation",  # before the log of operations
    "INSERT INTO journal_entry",  # after it
    "UPDATE journal_device",  # after the effect
    "before COMMIT",
    "after COMMIT",
    "before the answer",
)
QUIET = Dose(entries=0, persons=1, devices=2, weather={}, poisons=0)


@dataclass
class Scene:
    """A server that runs, and two phones of one person; `outcome` checks everything at the end."""

    run: Run
    phones: list[Phone]

    def drain(self, seconds: float = 60) -> float:
        """Send until nothing waits; the seconds it took."""
        began = time.monotonic()

        def sent() -> bool:
            for phone in self.phones:
                phone.sync()
            return not any(phone.waiting for phone in self.phones)

        wait_until(sent, seconds, "something still waits")
        return time.monotonic() - began

    def write(self, phone: Phone, count: int = 1) -> list[str]:
        """New entries, kept on the phone."""
        return [phone.create(fresh(phone.random, self.run.made["sites"])).wire["entry"] for _ in range(count)]

    def correct(self, phone: Phone) -> None:
        """A correction of an entry that the person sees."""
        found = self.run.journal.pick(phone.person, phone.random)
        assert found
        entry, revision, fields = found
        phone.update(entry, revision, fields, edited(phone.random, fields, "note", phone.seq))

    def outcome(self) -> Outcome:
        """The check."""
        return self.run.outcome(0.0, 0.0)


@contextmanager
def scene(engine: Engine, made: dict[str, Any], seed: int, **given: Any) -> Iterator[Scene]:
    """A scene on a copy of the world."""
    run = Run(engine, made, seed, QUIET, **given)
    try:
        run.server.start()
        for phone in run.phones:
            wait_until(lambda p=phone: bool(p.enrol() or p.epoch), 30, "a phone was not enrolled")
        yield Scene(run, run.phones)
    finally:
        run.close()


def every_step(
    engine: Engine, made: dict[str, Any], seed: int, only: tuple[str, ...] = ()
) -> tuple[Outcome, list[str]]:
    """F2: the process ends at each step of a push, one after another, until a push has no such step any more.

    Then at those of `NAMED` that were not met: how many steps a push has depends on what the process already knows.
    """
    with scene(engine, made, seed) as stage:
        steps = stage.run.home / "steps"
        steps.touch()
        stage.write(stage.phones[0], 3)
        stage.drain()
        for step in range(1, 500) if not only else ():
            if not _dies(stage, str(step)):
                break
        for name in only or NAMED:
            if not any(label.startswith(name) for label in steps.read_text().splitlines()):
                assert _dies(stage, name), f"a push has no step « {name} »"
        stage.run.doses["steps"] = len(steps.read_text().splitlines())
        return stage.outcome(), steps.read_text().splitlines()


def _dies(stage: Scene, step: str) -> bool:
    """A push whose process ends at a step, then everything again; whether there was such a step."""
    armed = stage.run.home / "die_at"
    _mixed(stage, *stage.phones)
    armed.write_text(step)
    died = _push(stage.phones[0])
    armed.unlink()
    if died:
        stage.run.server.kill()
        stage.run.server.start()
    stage.drain()
    return died


def _mixed(stage: Scene, first: Phone, second: Phone) -> None:
    """A batch that holds everything a batch can do: an entry, its correction, a conflict, a refusal, a deletion."""
    stage.write(first, 2)
    found = stage.run.journal.pick(first.person, first.random)
    assert found
    entry, revision, fields = found
    second.update(entry, revision, fields, edited(second.random, fields, "note", second.seq))
    stage.drain()
    first.update(entry, revision, fields, edited(first.random, fields, "note", 1000 + first.seq))
    stage.write(first, 1)
    spoiled = {"fields": {**fresh(first.random, stage.run.made["sites"]), "persons": "0"}, "acknowledged": False}
    first.keep("create", uuid7(first.random, int(time.time() * 1000)), 0, spoiled, planted="rejected")


def _push(phone: Phone) -> bool:
    """Send everything in one batch; whether no answer came."""
    while True:
        try:
            answer = phone.line.send("POST", "/api/sync/v1/ops", phone.body(phone.waiting.values()), phone.session)
        except NoAnswer:
            return True
        if answer.status != 429:
            phone.obey(answer, list(phone.waiting.values()))
            return False


def skewed(engine: Engine, made: dict[str, Any], seed: int, shift: float) -> tuple[Outcome, Counter[str]]:
    """F15: phones of every wrong clock before a server whose own is `shift` seconds wrong."""
    with scene(engine, made, seed, plan={"clock": shift}) as stage:
        phone = stage.phones[0]
        for seconds in (0, *WRONG_SECONDS.values()):
            phone.skew = seconds
            stage.write(phone, 2)
            stage.drain()
        outcome = stage.outcome()
        rows = stage.run.snapshot["operations"].values()
        return outcome, Counter("doubtful" if row["clock_doubtful"] else "trusted" for row in rows)


def backed_up(engine: Engine, made: dict[str, Any], seed: int, count: int = 60) -> Outcome:
    """F12: a backup while phones send, then as many entries again, then the restore: the phones bring them back."""
    with scene(engine, made, seed) as stage:
        first, second = stage.phones
        folder = stage.run.home.parent / f"{stage.run.home.name}-backup"
        stage.write(first, count)
        stage.drain()
        stage.run.installation.do("backup", str(folder))
        stage.write(first, count)
        stage.write(second, count)
        stage.drain()
        stage.run.server.kill()
        stage.run.installation.do("restore", str(folder), "--force")
        stage.run.server.start()
        after = sum(record.state == "acknowledged" for phone in stage.phones for record in phone.ledger)
        for phone in stage.phones:
            stage.write(phone, 1)  # what makes the phone speak, and learn that the server is another
        stage.drain()
        stage.run.doses["acknowledged before"] = after
        return stage.outcome()


def full_disk(engine: Engine, made: dict[str, Any], seed: int) -> tuple[Outcome, float]:
    """F10: a file system of 64 MB with a balloon in it; the seconds it takes to recover once there is room."""
    with tempfile.TemporaryDirectory(prefix="chaos-disk-") as mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", mounted], check=True)
        try:
            with scene(engine, made, seed, disk=Path(mounted)) as stage:
                phone = stage.phones[0]
                stage.write(phone, 5)
                stage.drain()
                statuses = Counter[str]()
                for _ in range(3):
                    _blow(Path(mounted) / "balloon")
                    for _ in range(30):
                        stage.write(phone, 20)
                        phone.sync()
                    statuses = Counter({name: n for name, n in phone.counts.items() if name.startswith("HTTP")})
                    (Path(mounted) / "balloon").unlink()
                    seconds = stage.drain(30)
                assert statuses["HTTP 503"], statuses
                return stage.outcome(), seconds
        finally:
            engine.leave(Path(mounted))
            subprocess.run(["umount", mounted], check=True)


def _blow(balloon: Path) -> None:
    """Fill the file system to its last byte."""
    with balloon.open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def durable(engine: Engine, made: dict[str, Any], seed: int, count: int, mutant: str = "") -> oracle.Acks:
    """F19: so many pushes, one after another, under the eyes of the oracle."""
    with scene(engine, made, seed, plan={"mutant": mutant} if mutant else None, workers=1) as stage:
        phone, output = stage.phones[0], stage.run.home / "calls"
        processes = stage.run.server.processes()
        if isinstance(engine, Postgresql):
            assert engine.cluster
            processes.append(engine.cluster.postmaster)
        with oracle.watched(processes, output):
            if isinstance(engine, Postgresql):
                faults.terminate(stage.run, stage.run.random)  # those that are watched are started from here on
            for _ in range(count):
                stage.write(phone, phone.random.randint(1, 5))
                stage.drain()
        assert stage.outcome().sound
        return oracle.read(output)


def broken_disk(engine: Engine, made: dict[str, Any], seed: int) -> Outcome:
    """F11: the disk answers EIO, now and then, to what makes a commit durable."""
    with scene(engine, made, seed, workers=1) as stage:
        phone, output = stage.phones[0], stage.run.home / "calls"
        is_private = isinstance(engine, Postgresql)
        processes = [engine.cluster.postmaster] if is_private else stage.run.server.processes()
        with oracle.watched(processes, output, "-e", "inject=fdatasync,fsync:error=EIO:when=3+4"):
            if is_private:
                faults.terminate(stage.run, stage.run.random)
            for _ in range(40):
                stage.write(phone, 3)
                phone.sync()
                time.sleep(0.02)
        stage.run.doses["EIO"] = output.read_text(errors="replace").count("EIO")
        stage.drain()
        return stage.outcome()
