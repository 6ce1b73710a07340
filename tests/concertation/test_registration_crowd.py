"""A crowd asks at the same instant for forty places, on the engine that these tests run on; `bench registration` asks with 500."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from maillage.concertation.bench import registration as bench
from maillage.core.benchmark_homes import Parts, postgresql_database

CROWD = 160


@pytest.fixture
def address() -> Iterator[str]:
    """A database of the engine that these tests run on, made for the occasion."""
    if connection.vendor == "postgresql":
        with postgresql_database() as made:
            yield made
    else:
        yield ""


def test_forty_places_and_a_line_in_order(tmp_path: Path, address: str) -> None:
    found = Parts("registration", tmp_path, address, CROWD)("crowd")
    assert found["faults"] == []
    # Five gave up afterwards: the first five who waited have their places.
    assert (found["held"], found["waiting"]) == (bench.PLACES, CROWD - bench.PLACES - bench.WITHDRAWN)
