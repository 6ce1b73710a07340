"""The bench of disclosure on a tiny table: every method is tried, and nobody is exposed by the product."""

import numpy as np
import pytest

from maillage.core import benchmarks
from maillage.statistics.bench.disclosure import comparison, methods
from maillage.statistics.bench.disclosure.instances import alone, areas, linked, table
from maillage.tables.disclosure import UNSAFE, suppress


@pytest.mark.django_db
def test_rows_of_a_small_table() -> None:
    assert benchmarks.module("disclosure") is comparison
    said: list[str] = []
    rows = {row.name: row for row in comparison.run(130, said.append)}
    tables = said[:3]
    assert tables == ["10 × 10, 5%", "10 × 10, 15%", "10 × 10, 30%"]
    for name in tables:
        weight = rows[f"{name} : exact, poids"]
        assert weight.reference_name == "τ-ARGUS"
        assert weight.product == weight.reference
        assert rows[f"{name} : rapide, poids"].product >= weight.product
        assert rows[f"{name} : τ-ARGUS, exposées"].product == 0


def test_the_naive_rule_leaks_and_the_audit_sees_it() -> None:
    problem = table(30, 20, 0.05, 1)
    assert methods.exposed(problem, problem.status == UNSAFE) > 20
    assert methods.exposed(problem, methods.naive(problem)) > 0


def test_tables_safe_alone_are_not_safe_together() -> None:
    whole, members = linked(areas(3, 9, 1), (4, 2), 3)
    apart = np.ones(whole.size, dtype=bool)
    for figures in members:
        own = alone(whole, figures)
        pattern = suppress(own, method="fast")
        assert methods.exposed(own, pattern.hidden) == 0
        apart[figures[~pattern.hidden]] = False
    assert methods.exposed(whole, apart) > 0
    assert methods.exposed(whole, suppress(whole, method="fast").hidden) == 0
