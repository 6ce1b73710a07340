"""Builds of the product with a gate taken away, on which attacks must succeed. Nothing of this is in the product."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage.statistics.release import attack as audited
from maillage.statistics.release import prepare
from maillage.statistics.services import releases
from maillage.tables.disclosure import UNSAFE, Pattern, Problem


def _without_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    """No release is refused, whatever is shown or could be deduced of it."""
    found = audited.attack
    monkeypatch.setattr(releases, "attack", lambda *asked, **how: replace(found(*asked, **how), exposed=[]))


def _pattern(problem: Problem, hidden: Any) -> Pattern:
    return Pattern(hidden, float(problem.weights[hidden].sum()), "fast", False, 0.0, 0.0)


def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is printed."""
    _without_audit(monkeypatch)
    monkeypatch.setattr(prepare, "suppress", lambda problem, **_how: _pattern(problem, np.zeros(problem.size, bool)))


def primary_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small figures are hidden and nothing else."""
    _without_audit(monkeypatch)
    monkeypatch.setattr(prepare, "suppress", lambda problem, **_how: _pattern(problem, problem.status == UNSAFE))


def each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each release is protected and audited as if it were the only one."""
    monkeypatch.setattr(releases, "released", lambda *_asked: [])
