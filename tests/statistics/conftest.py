"""The search for the lightest pattern is cut short in tests: a safe one is found at once, and safety is what they ask."""

import pytest

from maillage.statistics.release import prepare


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "SECONDS", 0.3)
