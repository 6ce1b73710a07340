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


def linked(
    groups: Sequence[Sequence[int]], widths: Sequence[int], seed: int
) -> tuple[Problem, list[NDArray[np.int64]]]:
    """The same areas by the same codes, in four details: the first of `widths`, then groups of codes of even sizes.

    Totals of areas are shared, and a group is the sum of its codes. Also gives the figures of each table, line by line.
    """
    draw = np.random.default_rng(seed)
    totals = 5 + np.floor(draw.lognormal(4.0, 1.0, sum(len(group) for group in groups))).astype(np.int64)
    shares = draw.permutation(1 / np.arange(1, widths[0] + 1) ** 1.3)
    finest = draw.multinomial(totals, shares / shares.sum())
    values, relations = _tree(groups, with_total(finest), False)
    members = [np.arange(len(values)).reshape(-1, widths[0] + 1)]
    for width in widths[1:]:
        inner = finest.reshape(len(finest), width, -1).sum(axis=2)
        figures, own = _tree(groups, with_total(inner), False)
        index = np.full((len(members[0]), width + 1), -1)
        index[:, width] = members[0][:, -1]
        index[:, :width] = len(values) + np.arange(len(index) * width).reshape(-1, width)
        values = np.append(values, figures.reshape(-1, width + 1)[:, :width].ravel())
        flat = index.ravel()
        relations += [Relation({int(flat[f]): number for f, number in r.coefficients.items()}) for r in own]
        codes = members[0][:, :-1].reshape(len(index), width, -1)
        relations += [
            Relation({int(group): 1.0} | {int(code): -1.0 for code in codes[line, place]})
            for line, cells in enumerate(index)
            for place, group in enumerate(cells[:width])
        ]
        members.append(index)
    return problem_of(values, relations), [index.ravel() for index in members]


def alone(whole: Problem, members: NDArray[np.int64]) -> Problem:
    """One of several linked tables, as if there were no other."""
    rank = {int(figure): place for place, figure in enumerate(members)}
    relations = [
        Relation({rank[f]: c for f, c in relation.coefficients.items()})
        for relation in whole.relations
        if all(f in rank for f in relation.coefficients)
    ]
    return problem_of(whole.values[members], relations)
