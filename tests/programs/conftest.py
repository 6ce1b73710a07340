import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def connection_queries():
    """`connection_queries(work)` counts the queries that `work` asks."""

    def count(work):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            work()
        return len(captured)

    return count
