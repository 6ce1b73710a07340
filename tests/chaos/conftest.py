"""The engine under test with a world of its own: made once, copied by each run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from .engines import Engine, Postgresql, Sqlite, binaries
from .server import make_world

SHORT = os.environ.get("CHAOS_DOSE", "short") == "short"


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine of this session. PostgreSQL is a cluster of our own where its programs are installed."""
    folder = tmp_path_factory.mktemp("chaos")
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield Sqlite(folder)
        return
    made = Postgresql(folder, "" if binaries() else address())
    yield made
    made.stop()


@pytest.fixture(scope="session")
def made(engine: Engine) -> dict[str, Any]:
    """The persons and sites of the world."""
    return make_world(engine, persons=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that another account may pass through."""
    tmp_path.chmod(0o755)
    return tmp_path


def address() -> str:
    """The server that the tests were given."""
    given = settings.DATABASES["default"]
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{secret}@{given['HOST']}:{given['PORT'] or 5432}/postgres"
