from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from maillage.portal.demonstration import load


@pytest.fixture(scope="package")
def demonstration(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The whole demonstration, loaded once for this folder and rolled back at its end. Ask for `db` after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.ensure(lambda text: None, today=date(2026, 11, 21))
        yield
        transaction.set_rollback(True)
