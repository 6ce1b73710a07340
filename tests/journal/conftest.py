"""People of a programme's journal, and a phone."""

from typing import Any

import pytest

from tests.factories import make_device, make_member


@pytest.fixture
def worker(program: Any) -> Any:
    """The membership of a worker."""
    return make_member(program, label="Camille Inventée")


@pytest.fixture
def coordinator(program: Any) -> Any:
    """The account of somebody who coordinates the programme."""
    return make_member(program, "coordinator").user


@pytest.fixture
def phone(worker: Any) -> Any:
    """A device of the worker, known to the journal."""
    return make_device(worker.user)
