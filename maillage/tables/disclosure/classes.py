"""Rows that share all their known traits, counted at any level of generalisation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]

# Up to so many possible codes, marking in place is quicker than sorting.
FEW_CODES = 1 << 18
FEW_PAIRS = 1 << 23
LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Trait:
    """What somebody outside may know of a row, ever coarser.

    `values` are codes 0 … m−1, one a row; `levels[j][v]` is what `v` becomes at level j, `levels[0]` the finest.
    Two values that are one at a level are one at every coarser level. A bit of it weighs `weight` bits of another.
    """

    name: str
    values: Codes
    levels: tuple[Codes, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What a row would tell. A class needs `diversity` distinct values, or none but 0, which says nothing.

    `marks` (rows × terms, true or false) are terms that may stand in at most `ceiling` of the rows of a class. With
    `empty_passes=False`, a class of rows that are all 0 must be diverse like any other.
    """

    name: str
    values: Codes
    diversity: int = 2
    marks: NDArray[np.bool_] | None = None
    ceiling: float = 0.5
    empty_passes: bool = True


def combine(columns: Sequence[Codes], length: int) -> Codes:
    """One code for each row, equal when all columns are; not dense."""
    key, size = np.zeros(length, dtype=np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 1
        if size > LARGEST // max(width, 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            size = int(key.max(initial=0)) + 1
        key = key * width + column
        size *= width
    return key


def dense(keys: Codes) -> Codes:
    """The same codes as 0 … c−1, in their order."""
    high = int(keys.max(initial=0)) + 1
    if high > FEW_CODES:
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)
    present = np.zeros(high, dtype=bool)
    present[keys] = True
    return (np.cumsum(present) - 1)[keys]


class Crowd:
    """Rows collapsed to their distinct combinations of traits and of `fixed` (a trait that is never generalised)."""

    def __init__(self, traits: Sequence[Trait], sensitive: Sequence[Sensitive], fixed: Codes | None, k: int) -> None:
        self.traits = traits
        self.k = k
        self.rows = len(traits[0].values) if traits else 0
        columns = [trait.values for trait in traits] + ([fixed] if fixed is not None else [])
        self.combination = dense(combine(columns, self.rows))
        count = int(self.combination.max(initial=-1)) + 1
        first = np.zeros(count, dtype=np.int64)
        first[self.combination[::-1]] = np.arange(self.rows - 1, -1, -1)
        self.counts = np.bincount(self.combination, minlength=count)
        self._columns = [[level[trait.values[first]] for level in trait.levels] for trait in traits]
        self._fixed = fixed[first] if fixed is not None else None
        self._sensitive = [_Collapsed(one, self.combination, count) for one in sensitive]

    def failing(self, node: Sequence[int]) -> tuple[Codes, NDArray[np.int64], dict[str, NDArray[np.bool_]]]:
        """The class of each combination, the rows of each class, and for each demand the classes that fail it."""
        classes, sizes = self._classes(node)
        failed = {"k": sizes < self.k}
        for one in self._sensitive:
            failed[one.name] = failed.get(one.name, False) | one.failing(classes, sizes)
        return classes, sizes, failed

    def passes(self, node: Sequence[int], most_withheld: int) -> bool:
        """Whether at most so many rows stand in classes that fail; what fails of `k` is counted first."""
        classes, sizes = self._classes(node)
        failed = sizes < self.k
        for one in (None, *self._sensitive):
            if one is not None:
                failed |= one.failing(classes, sizes)
            if int(sizes[failed].sum()) > most_withheld:
                return False
        return True

    def _classes(self, node: Sequence[int]) -> tuple[Codes, NDArray[np.int64]]:
        wanted = [own[level] for level, own in zip(node, self._columns, strict=True)]
        columns = [column for column in wanted if column.max(initial=0)]  # one value for all says nothing
        if self._fixed is not None:
            columns.append(self._fixed)
        classes = dense(combine(columns, len(self.counts)))
        return classes, np.bincount(classes, weights=self.counts).astype(np.int64)


class _Collapsed:
    """A sensitive field, as the distinct values of each combination and the rows that bear each marked term."""

    def __init__(self, field: Sensitive, combination: Codes, count: int) -> None:
        self.name, self.diversity, self.ceiling = field.name, field.diversity, field.ceiling
        self.empty_passes = field.empty_passes
        self.width = int(field.values.max(initial=0)) + 1
        pairs = np.unique(combination * self.width + field.values)
        self.combination, self.value = pairs // self.width, pairs % self.width
        marks = field.marks if field.marks is not None else np.zeros((len(combination), 0), dtype=bool)
        self.marked = [np.bincount(combination[column], minlength=count) for column in marks.T]

    def failing(self, classes: Codes, sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """The classes that lack diversity, or where a marked term stands too often."""
        distinct, told = self._distinct(classes[self.combination] * self.width + self.value, len(sizes))
        failed = distinct < self.diversity
        if self.empty_passes:
            failed &= told > 0
        for rows in self.marked:
            failed |= np.bincount(classes, weights=rows, minlength=len(sizes)) > self.ceiling * sizes
        return failed

    def _distinct(self, keys: Codes, count: int) -> tuple[Codes, Codes]:
        """How many values each class holds, and how many of them say something."""
        if count * self.width <= FEW_PAIRS:
            held = np.zeros(count * self.width, dtype=bool)
            held[keys] = True
            grid = held.reshape(count, self.width)
            return grid.sum(axis=1), grid[:, 1:].sum(axis=1)
        pairs = np.unique(keys)
        owner = pairs // self.width
        return np.bincount(owner, minlength=count), np.bincount(owner[pairs % self.width > 0], minlength=count)
