"""Phones that write, a server that suffers: nothing is lost, doubled, overwritten or stuck."""

import os
from typing import Any

import pytest

from . import faults, results
from .campaign import Dose, Run, logs
from .engines import Engine

SHORT = os.environ.get("CHAOS_DOSE", "short") == "short"


@pytest.mark.parametrize("seed", [2026] if SHORT else [11, 12, 13, 14, 15])
def test_nothing_is_lost_when_everything_happens(
    engine: Engine, made: dict[str, Any], seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(engine, made, seed, Dose(entries=200, persons=3, edits=0.5) if SHORT else Dose())
    # In the short dose the restore has a run of its own (F12): here it would come when some phones are done already.
    outcome = run.go(faults.spread(faults.everything(run, share=0.2 if SHORT else 1.0, restored=not SHORT)))
    with capsys.disabled():
        results.note("run", f"{run.dose.entries} entries, seed {seed}", engine.name, outcome.told, outcome.seconds)
    assert outcome.sound, f"{outcome}\n{logs(run.home)}"
