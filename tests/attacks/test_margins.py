"""Margins: whoever knows totals and parts encloses what is hidden, by linear and by integer programmes."""

import pytest

from maillage.tables.disclosure import suppress

from . import tables
from .arms import exactly, hits

SEEDS = (3, 4)


def hidden_by(linked: tables.Linked, method: str) -> set:
    pattern = suppress(linked.problem(), method=method)  # type: ignore[arg-type]
    return {name for name, gone in zip(linked.truth, pattern.hidden, strict=True) if gone}


@pytest.mark.parametrize("seed", SEEDS)
def test_hiding_small_figures_alone_tells_most_of_them(seed: int) -> None:
    linked = tables.make(seed)
    found = linked.notebook(linked.small).enclose_all()
    told = exactly(found)
    assert len(told) >= 5
    assert all(found[name] == (linked.truth[name],) * 2 for name in told), "ce que l'attaquant calcule est vrai"
    assert len(hits(found, linked.truth)) >= 0.5 * len(linked.small)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_hidden_figures_in_each_line_are_not_enough(seed: int) -> None:
    linked = tables.make(seed)
    hidden = linked.two_per_line()
    assert hits(linked.notebook(hidden).enclose_all(), linked.truth) != []


@pytest.mark.parametrize("method", ["fast", "exact"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_suppression_leaves_nothing_to_margins(seed: int, method: str) -> None:
    linked = tables.make(seed)
    found = linked.notebook(hidden_by(linked, method)).enclose_all()
    assert linked.small <= set(found)
    assert hits(found, linked.truth) == []
    assert exactly(found) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_numbers_teach_nothing_more(seed: int) -> None:
    linked = tables.make(seed)
    notes = linked.notebook(hidden_by(linked, "fast"))
    for name in sorted(linked.small, key=str)[:12]:
        assert notes.enclose(name, whole=True) == notes.enclose(name)


@pytest.mark.parametrize("seed", [3, 4])
def test_tables_that_are_safe_alone_are_not_side_by_side(seed: int) -> None:
    """Each table protected at its best with its own margins, then all published together."""
    together = tables.make(seed)
    hidden = set()
    for table in range(4):
        names = {name for name in together.truth if name[0] in (table, "all")}  # type: ignore[index]
        alone = tables.Linked(
            {name: together.truth[name] for name in together.truth if name in names},
            [(whole, parts) for whole, parts in together.sums if {whole, *parts} <= names],
        )
        chosen = hidden_by(alone, "fast")
        assert hits(alone.notebook(chosen).enclose_all(), alone.truth) == []
        hidden |= {name for name in chosen if name[0] == table}  # a margin that another table shows is shown
    found = together.notebook(hidden).enclose_all()
    assert hits(found, together.truth) != []
