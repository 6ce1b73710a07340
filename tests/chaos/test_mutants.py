"""The harness sees the bugs that are planted: else a run without a breach would mean nothing.

m7 and m9 are planted in `test_faults`; m10 and m11, bugs of a browser, are modelled in the phone here and looked for in
Chromium by tests/browser.
"""

import os
import time
from typing import Any

import pytest

from . import mutants, results
from .engines import Engine

SHORT = os.environ.get("CHAOS_DOSE", "short") == "short"
PLANTED = [mutant for mutant in mutants.IN_A_RUN if not SHORT or mutant.name == "m3"]


@pytest.mark.parametrize("mutant", PLANTED, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_seen(
    engine: Engine, made: dict[str, Any], mutant: mutants.Mutant, capsys: pytest.CaptureFixture[str]
) -> None:
    if mutant.name == "m1" and engine.name == "sqlite":
        pytest.skip("writers of SQLite come one after another: the bug shows on PostgreSQL")
    began = time.monotonic()
    verdict = mutants.caught(mutant, engine, made, seed=7)
    seconds = time.monotonic() - began
    broken = {bar: len(lines) for bar, lines in verdict.breaches.items()}
    with capsys.disabled():
        said = ", ".join(f"{bar} {count}" for bar, count in sorted(broken.items())) or "not seen"
        results.note("mutant", f"{mutant.name}: {mutant.does}", engine.name, said, seconds)
    assert any(broken.get(bar) for bar in mutant.bars), f"{mutant.does}: not seen"
