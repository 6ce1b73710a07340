"""Fixtures of every suite. The product runs as it is; what is stricter here is stricter on purpose."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from . import local_cluster, second_engine
from .factories import make_member, make_program, make_user
from .factories.counter import restart

# One seed for a run: what fails here fails there. `SEED=any make test` looks for what the seed does not meet.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.load_profile("repeatable" if os.environ.get("SEED", "2013").isdigit() else "default")

LOCAL = ("127.0.0.1", "::1", "localhost", "")
# Tests that share something slow to make run in one process, whatever their order.
TOGETHER = {
    "tests/portal/demonstration/": "demonstration",
    "tests/chaos/": "chaos",
    "tests/tables/test_spark.py": "spark",
    "tests/statistics/test_cluster.py": "spark",
    "tests/portal/test_backup.py": "backup",
}

# Tests of several processes or threads live in real time beside whatever else the machine does: they may be tried a
# second time, and the report names them when they are.
IN_REAL_TIME = (
    "tests/chaos/",
    "tests/tables/test_spark.py",
    "tests/statistics/test_cluster.py",
    "tests/portal/test_demo",
)
AT_ONCE = ("concurrency", "at_once", "mirror", "test_running", "test_backup")


def pytest_addoption(parser: pytest.Parser) -> None:
    """A second engine need not be asked what the first one answered without any database (0055)."""
    parser.addoption("--only-on-a-database", action="store_true", help="leave out what asks nothing of a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was asked to be; give a second try to what lives in real time."""
    if config.getoption("only_on_a_database"):
        left_out = [item for item in items if not second_engine.asks_a_database(item)]
        items[:] = [item for item in items if second_engine.asks_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        if item.nodeid.startswith(IN_REAL_TIME) or any(name in item.nodeid.split("::")[0] for name in AT_ONCE):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Send tests one by one to the process that is free, those of `TOGETHER` to one process."""

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((group for start, group in TOGETHER.items() if nodeid.startswith(start)), nodeid)

    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to leave the machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Spark cluster of two workers; tests that ask for it stand in `TOGETHER`, so that one serves them all."""
    with local_cluster.started(tmp_path_factory.mktemp("spark")) as master:
        yield master


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test has a data folder of its own: facts, files and mail of one are never read by another."""
    home = tmp_path_factory.mktemp("home")
    settings.HOME = home
    settings.MEDIA_ROOT = home / "files"
    return home


@pytest.fixture(autouse=True)
def same_names() -> None:
    """Each test numbers what it makes from 1: an invented name never depends on the tests that ran before."""
    restart()


@pytest.fixture(autouse=True)
def french_first() -> Iterator[None]:
    """Each test begins in French: a page read in English leaves its language to the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def shuffled_querysets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A queryset that says no order comes reversed: what relies on the database's own order fails."""
    fetch_all = QuerySet._fetch_all

    def reversed_when_unordered(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and not self.ordered and not self.query.is_sliced and isinstance(self._result_cache, list):
            self._result_cache.reverse()

    monkeypatch.setattr(QuerySet, "_fetch_all", reversed_when_unordered)


@pytest.fixture
def program(db: None) -> Any:
    """A programme in its period, with its coding frame, a territory of two MRC and a served site."""
    return make_program()


@pytest.fixture
def sign_in() -> Any:
    """`sign_in(user)` gives an HTTP client with that person's session."""

    def open_session(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_session


@pytest.fixture
def as_role(sign_in: Any) -> Any:
    """`as_role(program, role)` gives a client signed in as a new person with that role (or `administrator`)."""

    def open_session(program: Any, role: str) -> Client:
        if role == "administrator":
            return sign_in(make_user(is_administrator=True))
        return sign_in(make_member(program, role).user)

    return open_session
