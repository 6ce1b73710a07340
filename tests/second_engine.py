"""Which tests are worth a second engine: those that ask something of a database, or may (0055)."""

import re
from functools import cache
from pathlib import Path

import pytest

# pytest-django refuses the database to a test that has none of these, nor the mark `django_db`.
FIXTURES = {"db", "transactional_db", "live_server"}
# A test that starts processes, or names an engine, may reach a database behind pytest-django's back.
BY_ITSELF = re.compile(
    r"DATABASE_URL|DATABASES|Installation|Parts\b|bench|chaos|connection|engine|psycopg|sqlite|subprocess"
)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether the answer of a test may depend on the engine it runs on."""
    fixtures = FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db")) or reaches_by_itself(item.path)


@cache
def reaches_by_itself(path: Path) -> bool:
    """Whether a module of tests has in its path or its text a word of processes or engines."""
    return bool(BY_ITSELF.search(f"{path.relative_to(Path(__file__).parent)}\n{path.read_text()}"))
