"""The planted bugs of phones, and what catches each of the twelve."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import faults
from .campaign import Dose, Run
from .checker import Verdict
from .engines import Engine
from .phone import Phone, Record
from .wire import Answer


class DropsRefused(Phone):
    """m5: a 4xx (and what a server with m4 says) is taken as the end of the operations."""

    def later(self, answer: Answer, chosen: list[Record]) -> float:
        for record in chosen if answer.status == 500 else ():
            self.records.pop(record.wire["op"], None)
            self.waiting.pop(record.wire["op"], None)
        return super().later(answer, chosen)


class IgnoresEpoch(Phone):
    """m8: what was acknowledged once is never sent again, whatever became of the server."""

    def restored(self, epoch: str) -> None:
        self.epoch = epoch


class ForgetsOnUpgrade(Phone):
    """m10: a new version of the application makes its store again."""

    def upgrade(self) -> None:
        _forget(self, list(self.waiting.values()))
        super().upgrade()


class ForgetsOnSignOut(Phone):
    """m11: signing out clears everything."""

    def sign_out(self) -> None:
        _forget(self, list(self.waiting.values()))
        super().sign_out()


class GivesUp(Phone):
    """m12: a server in trouble is taken as a refusal."""

    def later(self, answer: Answer, chosen: list[Record]) -> float:
        for record in chosen if answer.status >= 500 else ():
            record.state, record.status = "quarantine", "rejected"
            self.waiting.pop(record.wire["op"], None)
        return super().later(answer, chosen)


def _forget(phone: Phone, records: Iterable[Record]) -> None:
    for record in records:
        del phone.records[record.wire["op"]]
        del phone.waiting[record.wire["op"]]


@dataclass(frozen=True)
class Mutant:
    """What is planted on each side, and the bars of which one at least must be broken."""

    name: str
    does: str
    bars: tuple[str, ...]
    server: str = ""
    phone: type[Phone] = Phone


IN_A_RUN = (
    Mutant("m1", "asks, then inserts, and nothing is unique", ("duplicated",), server="m1"),
    Mutant("m2", "answers before it commits", ("missing",), server="m2"),
    Mutant("m3", "the last write wins", ("overwritten",), server="m3"),
    Mutant("m4", "one poison sinks its batch", ("unsent",), server="m4"),
    Mutant("m5", "the phone drops what a server with m4 refuses", ("missing",), server="m4", phone=DropsRefused),
    Mutant("m6", "no log of operations, entries alone are unique", ("unsent",), server="m6"),
    Mutant("m8", "the phone ignores that the server was restored", ("missing", "sequence"), phone=IgnoresEpoch),
    Mutant("m10", "an upgrade makes the phone's store again", ("missing",), phone=ForgetsOnUpgrade),
    Mutant("m11", "signing out wipes the phone's store", ("missing",), phone=ForgetsOnSignOut),
    Mutant("m12", "the phone takes a 5xx for a refusal", ("quarantine",), phone=GivesUp),
)
ELSEWHERE = {"m7": "the oracle of F19 alone", "m9": "the race of F18, on PostgreSQL"}


def caught(mutant: Mutant, engine: Engine, made: dict[str, Any], seed: int) -> Verdict:
    """The verdict of a short run in which the mutant is planted: a bar that it must break is broken."""
    dose = Dose(entries=160, persons=2, devices=4, edits=0.6, calm=30.0, seconds=60.0)
    run = Run(engine, made, seed, dose, plan={"mutant": mutant.server} if mutant.server else None, kind=mutant.phone)
    if mutant.server == "m1":
        run.world.call("unbind")
        run.weather.sent_twice = 0.5
    suffered = [faults.back_up, faults.kill, faults.lock, faults.restore]
    if mutant.name == "m2":
        suffered = [faults.kill] * 8
    elif mutant.name == "m12":
        suffered = [faults.crash if run.url else faults.fill] * 4
    return run.go(faults.spread(suffered)).verdict
