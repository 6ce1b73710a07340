"""Batches of devices beside the raw driver: the same rows on both sides, and a refusal rather than a wrong figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from maillage.api.bench import sync as bench
from maillage.api.bench.batches import WAYS, require_applied
from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.core.errors import Refused


@pytest.fixture
def address() -> Iterator[str]:
    """A database of the engine that these tests run on, made for the occasion."""
    if connection.vendor == "postgresql":
        with postgresql_database() as made:
            yield made
    else:
        yield ""


def test_each_way_and_size_is_measured_beside_the_driver(tmp_path: Path, address: str) -> None:
    found = Parts("sync", tmp_path, address, 2)("batches")
    assert [(one["way"], one["size"]) for one in found] == [(way.name, size) for way in WAYS for size in bench.SIZES]
    rows = [row for one in found for row in bench.rows("SQLite", one)]
    assert len(rows) == 3 * len(found)
    assert all(row.product > 0 and (row.reference or 0) > 0 for row in rows)
    assert rows[0].name == "SQLite, session, scellé, lots de 1"
    assert rows[0].product == pytest.approx(1000 / rows[1].product)


def test_a_batch_that_was_not_written_whole_is_no_measure() -> None:
    require_applied(b'{"results": [{"status": "applied"}]}', 1)
    for content, size in ((b'{"results": [{"status": "duplicate"}]}', 1), (b'{"results": []}', 1)):
        with pytest.raises(Refused):
            require_applied(content, size)
