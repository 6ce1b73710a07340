"""One run: phones that write and send, a server that suffers, a calm, and the check."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.portal.installation import Installation

from . import poison
from .checker import Checker, Verdict
from .engines import Engine
from .entries import edited, fresh
from .journal import Journal
from .phone import WRONG_SECONDS, Phone
from .server import Server, World
from .wire import STORM, Weather

CALM_SECONDS = 60
SLOTS = 24  # devices of one person at most


@dataclass
class Dose:
    """How much of everything one run holds."""

    entries: int = 10_000
    persons: int = 6
    devices: int = 4
    edits: float = 0.2
    deletions: float = 0.015
    weather: dict[str, float] = field(default_factory=lambda: dict(STORM))
    poisons: int = len(poison.CORPUS)
    faults: tuple[str, ...] = ()
    seconds: float = 300.0
    calm: float = CALM_SECONDS


@dataclass
class Outcome:
    """What a run found and what it did."""

    seed: int
    engine: str
    verdict: Verdict
    doses: Counter[str]
    statuses: Counter[str]
    seconds: float
    drained: float
    integrity: str

    @property
    def sound(self) -> bool:
        return self.verdict.sound and self.integrity == "ok"

    @property
    def told(self) -> str:
        """The doses and the verdict in one line."""
        doses = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(self.doses.items()))
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.verdict.counts.items()))
        return f"{doses}; told {told}; drained in {self.drained:.0f} s; **{self.verdict}**, integrity {self.integrity}"

    def __str__(self) -> str:
        doses = ", ".join(f"{name} {count}" for name, count in sorted(self.doses.items()))
        head = f"{self.engine} seed {self.seed}: {self.seconds:.0f} s, drained in {self.drained:.0f} s of calm"
        statuses = ", ".join(f"{name} {count}" for name, count in sorted(self.statuses.items()))
        return f"{head}\n  doses: {doses}\n  statuses: {statuses}\n  {self.verdict}; integrity {self.integrity}"


class Run:
    """A home, its server, its phones."""

    def __init__(
        self,
        engine: Engine,
        made: dict[str, Any],
        seed: int,
        dose: Dose,
        *,
        plan: dict[str, Any] | None = None,
        kind: type[Phone] = Phone,
        workers: int = 2,
        disk: Path | None = None,
    ) -> None:
        self.engine, self.made, self.seed, self.dose, self.random = engine, made, seed, dose, Random(seed)
        self.home, self.url = engine.fresh(f"run-{engine.name}-{seed}-{time.monotonic_ns()}", disk)
        self.installation = Installation(self.home, self.url)
        self.world = World(self.installation)
        self.server = Server(self.world, workers, plan)
        self.snapshot: dict[str, Any] = {}
        self.weather, self.journal = Weather(**dose.weather), Journal()
        self.doses, self.stopped, self.touched = Counter[str](), threading.Event(), set[int]()
        self.planned = 1
        self.phones = list(self._phones(kind))

    def _phones(self, kind: type[Phone]) -> Iterator[Phone]:
        skews = [0, 0, *WRONG_SECONDS.values()]
        for person in self.made["persons"][: self.dose.persons]:
            for slot in range(self.dose.devices):
                yield kind(
                    person=person,
                    port=self.server.port,
                    program="entente",
                    random=Random(self.random.getrandbits(64)),
                    weather=self.weather,
                    journal=self.journal,
                    sign_in=self.sign_in,
                    skew=self.random.choice(skews),
                    slot=slot,
                )

    def sign_in(self, person: int) -> str:
        """A session, "" when the account is closed or the database does not answer."""
        try:
            return str(self.world.call("session", person))
        except RuntimeError:
            return ""

    def go(self, suffer: Callable[["Run"], None] | None = None) -> Outcome:
        """Start, write and send under `suffer` until the work is done, calm down, check."""
        started = time.monotonic()
        try:
            self.server.start()
            plans = [list(self.work(phone)) for phone in self.phones]
            self.planned = sum(map(len, plans))
            self.plans = plans
            self._enrol()
            threads = [
                threading.Thread(target=self._live, args=(phone, plan), name=f"phone-{number}")
                for number, (phone, plan) in enumerate(zip(self.phones, plans, strict=True))
            ]
            for thread in threads:
                thread.start()
            if suffer:
                suffer(self)
            while any(plans) and time.monotonic() - started < self.dose.seconds:
                time.sleep(0.02)
            drained = self._calm(threads)
            return self.outcome(time.monotonic() - started, drained)
        finally:
            self.stopped.set()
            self.close()

    def close(self) -> None:
        """End every process of the run."""
        for phone in self.phones:
            phone.line.hang_up()
        self.server.kill()
        self.world.close()

    def progress(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return 1 - sum(map(len, self.plans)) / self.planned

    def _enrol(self) -> None:
        for phone in self.phones:
            if self.random.random() < 0.9:  # the others write before they were ever known: their bodies are open
                phone.enrol()

    def _live(self, phone: Phone, plan: list[Callable[[Phone], None]]) -> None:
        try:
            phone.live(consumed(plan), self.stopped.is_set)
        except Exception as trouble:
            phone.counts[f"harness: {trouble!r}"] += 1
            raise

    def _calm(self, threads: list[threading.Thread]) -> float:
        """No fault any more: everything that waits must leave within a minute."""
        for name in STORM:
            setattr(self.weather, name, 0.0)
        began = time.monotonic()
        left = dict(enumerate(threads))
        while left and time.monotonic() - began < self.dose.calm:
            for place in [place for place, thread in left.items() if not thread.is_alive()]:
                # Who had finished before the restore opens the page once more: with nothing to send, one asks for news.
                phone = self.phones[place]
                phone.hear(lambda: time.monotonic() - began > self.dose.calm)
                del left[place]
                if phone.waiting:
                    left[place] = threading.Thread(target=self._live, args=(phone, []))
                    left[place].start()
            time.sleep(0.02)
        self.stopped.set()
        for thread in left.values():
            thread.join()
        return time.monotonic() - began

    def outcome(self, seconds: float, drained: float) -> Outcome:
        """What the phones were told against what the server holds."""
        path = self.home / "snapshot.json"
        self.world.insist("snapshot", str(path))
        self.snapshot = json.loads(path.read_text())
        verdict = Checker(self.phones, self.snapshot).check()
        statuses = Counter[str]()
        for phone in self.phones:
            statuses.update(phone.counts)
        for phone in self.phones:
            if phone.person not in self.touched and phone.counts["held"]:
                verdict.add("quarantine", f"{phone.counts['held']} operations of {phone.person} were held")
        for status, count in statuses.items():
            if status.startswith("HTTP 5") and status != "HTTP 503":
                verdict.add("errors", f"{count} answers were {status}")
            if status.startswith("harness"):
                verdict.add("harness", status)
        self.doses.update(self.weather.counts)
        self.doses["conflicts"] = verdict.counts["conflict"] + verdict.counts["merged"]
        return Outcome(
            self.seed,
            self.engine.name,
            verdict,
            self.doses,
            statuses,
            seconds,
            drained,
            self.world.insist("integrity"),
        )

    # --- work ---------------------------------------------------------------------------------------------------------

    def work(self, phone: Phone) -> Iterator[Callable[[Phone], None]]:
        """What the person of this phone will write, in spells between two returns of the network."""
        share = self.dose.entries // len(self.phones)
        spoils = poison.CORPUS[: self.dose.poisons][self.phones.index(phone) :: len(self.phones)]
        acts: list[Callable[[Phone], None]] = [self.write] * share
        acts += [self.correct] * int(share * self.dose.edits) + [self.remove] * int(share * self.dose.deletions)
        acts += [poison.planted(spoil, self.made["sites"]) for spoil in spoils]
        acts += [lambda phone: phone.sign_out(), lambda phone: phone.upgrade()] * 2
        phone.random.shuffle(acts)
        while acts:
            size = phone.random.randint(1, min(60, 2 + share // 6))
            spell, acts = acts[:size], acts[size:]
            yield spelled(spell)

    def write(self, phone: Phone) -> None:
        """A new entry, sometimes corrected at once, before it ever left."""
        fields = fresh(phone.random, self.made["sites"])
        entry = phone.create(fields).wire["entry"]
        for base in range(1, 1 + (phone.random.random() < 0.1)):
            after = self._edited(phone, fields)
            phone.update(entry, base, fields, after)
            fields = after

    def correct(self, phone: Phone) -> None:
        """A correction of something that the person sees."""
        if found := self.journal.pick(phone.person, phone.random):
            entry, revision, fields = found
            phone.update(entry, revision, fields, self._edited(phone, fields))

    def remove(self, phone: Phone) -> None:
        """A deletion of something that the person sees."""
        if found := self.journal.pick(phone.person, phone.random):
            phone.delete(*found)

    @staticmethod
    def _edited(phone: Phone, fields: dict[str, Any]) -> dict[str, Any]:
        way = phone.random.choice(("note", "minutes", "themes"))
        return edited(phone.random, fields, way, phone.slot + SLOTS * phone.seq)


def spelled(acts: list[Callable[[Phone], None]]) -> Callable[[Phone], None]:
    """Several acts as one."""

    def act(phone: Phone) -> None:
        for one in acts:
            one(phone)

    return act


def consumed(plan: list[Callable[[Phone], None]]) -> Iterator[Callable[[Phone], None]]:
    """The spells of a plan, which empties as they are done."""
    while plan:
        yield plan[0]
        plan.pop(0)


def logs(home: Path) -> str:
    """What the processes of a run wrote, for a failure's message."""
    return "\n".join(path.read_text(errors="replace")[-3000:] for path in home.glob("*.log"))
