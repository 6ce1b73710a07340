"""Faults looked at one by one: where a server dies, what a disk answers, what a restore takes away, what a reader sees."""

import os
import shutil
from typing import Any

import pytest

from tests.portal.installation import Installation

from . import oracle, results, scenarios
from .campaign import Outcome
from .engines import Engine, Postgresql
from .server import World

SHORT = os.environ.get("CHAOS_DOSE", "short") == "short"
SEED = 2026
FIVE_MINUTES, TEN_DAYS = 300, 10 * 86_400


def sound(outcome: Outcome, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The outcome has no breach; what was done is printed."""
    with capsys.disabled():
        results.note("fault", f"{name}, seed {outcome.seed}", outcome.engine, outcome.told, 0)
    assert outcome.sound, str(outcome)


def test_the_process_ends_at_each_step(
    engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    outcome, steps = scenarios.every_step(engine, made, SEED, only=scenarios.NAMED if SHORT else ())
    sound(outcome, capsys, "F2")
    for name in scenarios.NAMED:
        assert any(step.startswith(name) for step in steps), name
    assert len(steps) >= (6 if SHORT else 20)


def test_an_answer_follows_the_disk(engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    watchable(engine)
    acks = scenarios.durable(engine, made, SEED, 10 if SHORT else 40)
    assert acks.early == 0
    assert acks.durable >= (10 if SHORT else 40)
    lazy = scenarios.durable(engine, made, SEED, 5 if SHORT else 40, mutant="m7")
    with capsys.disabled():
        said = f"{acks.durable} answers of {acks.durable} after the disk; with m7, {lazy.early} too early"
        results.note("fault", f"F19, seed {SEED}", engine.name, said, 0)
    assert lazy.early >= 5, "the oracle does not see the mutant m7"


@pytest.mark.skipif(SHORT, reason="in the full dose")
def test_a_disk_that_answers_errors(engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    watchable(engine)
    outcome = scenarios.broken_disk(engine, made, SEED)
    assert outcome.doses["EIO"] >= 5
    sound(outcome, capsys, "F11")


@pytest.mark.skipif(SHORT, reason="in the full dose")
def test_a_disk_that_is_full(engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("a file system of its own can be mounted by root only; the bound on pages is in every run")
    outcome, seconds = scenarios.full_disk(engine, made, SEED)
    assert seconds <= 30
    sound(outcome, capsys, "F10")


def test_a_restore_takes_nothing_away(engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    outcome = scenarios.backed_up(engine, made, SEED)
    assert outcome.doses["acknowledged before"] == 180
    sound(outcome, capsys, "F12")


@pytest.mark.skipif(SHORT, reason="each run of the short dose holds phones with wrong clocks")
@pytest.mark.parametrize("shift", [TEN_DAYS, -TEN_DAYS])
def test_any_clock_is_accepted(
    engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str], shift: float
) -> None:
    outcome, clocks = scenarios.skewed(engine, made, SEED, shift)
    sound(outcome, capsys, f"F15, server {shift:+.0f} s")
    assert clocks["doubtful"] >= 8, "phones whose clock is wrong by days are flagged"


def test_a_reader_steps_over_nothing(engine: Engine, made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    rows = 4_000 if SHORT else 100_000
    world = World(Installation(*engine.fresh("race")))
    try:
        said = world.call("race", rows, False, SEED)
        mutant = world.call("race", min(rows, 8_000), True, SEED) if isinstance(engine, Postgresql) else None
    finally:
        world.close()
    with capsys.disabled():
        told = f"{said['rows']} rows, {said['reads']} readings, skipped {said['skipped']}"
        told += f"; with m9, skipped {mutant['skipped']}" if mutant else ""
        results.note("fault", f"F18, seed {SEED}", engine.name, told, said["seconds"])
    assert said["rows"] == rows
    assert said["skipped"] == said["invented"] == [0, 0, 0, 0]
    if mutant:
        assert any(mutant["skipped"]), "a sequence as a cursor (m9) is not seen"


def watchable(engine: Engine) -> None:
    """Skip where system calls cannot be watched, saying so."""
    if not oracle.available():
        pytest.skip("strace is not installed, or may not watch here")
    if isinstance(engine, Postgresql) and engine.cluster is None:
        pytest.skip("PostgreSQL's own processes are not ours to watch")
