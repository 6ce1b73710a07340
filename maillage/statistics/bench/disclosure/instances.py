"""Invented tables to protect: skewed counts, some of them small, in one table, a hierarchy, or several linked ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maillage.tables.disclosure import FREE, UNSAFE, Problem, Relation

THRESHOLD = 5
Counts = NDArray[np.int64]


def counts(shape: tuple[int, ...], small: float, seed: int) -> Counts:
    """Log-normal counts of 5 and more, of which a share `small` is 1 to 4 instead."""
    draw = np.random.default_rng(seed)
    large = THRESHOLD + np.floor(draw.lognormal(3.0, 1.2, shape)).astype(np.int64)
    return np.where(draw.random(shape) < small, draw.integers(1, THRESHOLD, shape), large)


def with_total(leaves: Counts) -> Counts:
    """A last column is added: the sum of each line."""
    return np.concatenate([leaves, leaves.sum(axis=1, keepdims=True)], axis=1)


def problem_of(values: NDArray[np.float64], relations: list[Relation]) -> Problem:
    """Counts of 1 to 4 are unsafe; the weight of a figure is its value; nobody may tell that one is not 0, or under 5."""
    unsafe = (values > 0) & (values < THRESHOLD)
    return Problem(
        values=values,
        weights=values.copy(),
        status=np.where(unsafe, UNSAFE, FREE).astype(np.int8),
        below=np.where(unsafe, values, 0.0),
        above=np.where(unsafe, THRESHOLD - values, 0.0),
        lowest=np.zeros(len(values)),
        highest=np.full(len(values), np.inf),
        relations=relations,
    )


def table(rows: int, columns: int, small: float, seed: int) -> Problem:
    """A table with its margins: `(rows + 1) × (columns + 1)` figures, line by line, margins last."""
    return hierarchy([[line] for line in range(rows)], columns, small, seed, flat=True)


def hierarchy(groups: Sequence[Sequence[int]], columns: int, small: float, seed: int, *, flat: bool = False) -> Problem:
    """Areas in groups in a whole, by a dimension: figures line by line (areas, groups, whole), each with its total.

    `flat`: the areas are the lines of the whole, without groups between.
    """
    leaves = sum(len(group) for group in groups)
    inner = with_total(counts((leaves, columns), small, seed))
    return problem_of(*_tree(groups, inner, flat))


def _tree(groups: Sequence[Sequence[int]], inner: Counts, flat: bool) -> tuple[NDArray[np.float64], list[Relation]]:
    leaves, width = inner.shape
    middle = np.zeros((0, width)) if flat else np.stack([inner[list(group)].sum(axis=0) for group in groups])
    lines = np.concatenate([inner, middle, inner.sum(axis=0, keepdims=True)])
    last = len(lines) - 1
    children = {last: list(range(leaves)) if flat else list(range(leaves, last))}
    if not flat:
        children |= {leaves + number: list(group) for number, group in enumerate(groups)}
    relations = [
        Relation({line * width + width - 1: 1.0} | {line * width + c: -1.0 for c in range(width - 1)})
        for line in range(len(lines))
    ]
    relations += [
        Relation({parent * width + c: 1.0} | {child * width + c: -1.0 for child in below})
        for parent, below in children.items()
        for c in range(width)
    ]
    return lines.astype(float).ravel(), relations


def areas(groups: int, leaves: int, seed: int) -> list[list[int]]:
    """`leaves` areas in `groups` groups of uneven sizes, two at least in each."""
    draw = np.random.default_rng(seed)
    of = np.concatenate([np.repeat(np.arange(groups), 2), draw.integers(0, groups, leaves - 2 * groups)])
    return [np.flatnonzero(np.sort(of) == group).tolist() for group in range(groups)]
