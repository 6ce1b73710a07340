"""The second run leaves out what cannot answer otherwise, and nothing else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from maillage.programs.models import Program

from .conftest import pytest_collection_modifyitems

HERE = Path(__file__).parent


def chosen(*items: Any, second: bool = True) -> list[Any]:
    kept = list(items)
    hook = SimpleNamespace(pytest_deselected=lambda items: None)
    pytest_collection_modifyitems(SimpleNamespace(getoption=lambda name: second, hook=hook), kept)  # type: ignore[arg-type]
    return kept


def made(module: str = "__init__.py", **told: Any) -> Any:
    """A test of a module, by default one whose text says nothing; with no fixture and no mark of its own."""
    kept = {"fixturenames": [], "get_closest_marker": lambda name: None, "add_marker": id, **told}
    return SimpleNamespace(path=HERE / module, nodeid=f"tests/{module}", **kept)


@pytest.fixture
def small(db: None) -> None:
    """What a fixture asks, a test asks."""


def test_it_leaves_out_a_test_that_has_no_way_to_a_database() -> None:
    item = made(fixturenames=["tmp_path"])
    assert chosen(item) == []
    assert chosen(item, second=False) == [item]


def test_it_keeps_a_test_whose_fixture_asks_for_one(request: pytest.FixtureRequest, small: None) -> None:
    item = made(fixturenames=request.node.fixturenames)
    assert chosen(item) == [item]


@pytest.mark.django_db
def test_it_keeps_a_test_that_is_marked(request: pytest.FixtureRequest) -> None:
    item = made(get_closest_marker=request.node.get_closest_marker)
    assert chosen(item) == [item]


@pytest.mark.parametrize(
    "module", ["chaos/test_run.py", "portal/test_backup.py", "concertation/test_registration_crowd.py"]
)
def test_it_keeps_a_test_that_starts_processes(module: str) -> None:
    item = made(module)
    assert chosen(item) == [item]


def test_a_test_that_asks_for_no_database_is_refused_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Program.objects.exists()
