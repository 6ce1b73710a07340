"""What attacks share."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from maillage.journal.models import Entry
from maillage.statistics import mirror
from maillage.statistics.registry import sources
from maillage.tables.engine import Facts, Store


@pytest.fixture(autouse=True)
def facts_made_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Inside a test's transaction the product makes its facts anew at each question: here, once for a journal.

    It changes how long an answer takes and nothing of what it is.
    """
    held: dict[Any, Facts] = {}
    with tempfile.TemporaryDirectory(prefix="maillage-attacks-") as folder:

        @contextmanager
        def facts(name: str) -> Iterator[Facts]:
            state = Entry.objects.order_by("pk").values_list("pk", flat=True).last(), Entry.objects.count()
            if state not in held:
                source = sources()[name]
                held[state] = Facts(Store(Path(folder) / str(len(held)), source.schema))
                held[state].load(mirror.rebuild(held[state].store, source))
            yield held[state]

        monkeypatch.setattr(mirror, "facts", facts)
        yield
        for one in held.values():
            one.close()
