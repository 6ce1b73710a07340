"""Codes as small integers and bit masks: an append-only dictionary, and batches as columns of numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .schema import Child, ChildBatch, FactBatch, FactSchema, Links, Numbered, Whole

WORD = 62  # codes in one mask word: a signed 64-bit integer with room to spare
EPOCH_DAY = date(1970, 1, 1).toordinal()

Columns = dict[str, NDArray[np.generic]]


class Codes:
    """For each dimension, its codes in order of first appearance. The number of a code is its rank + 1; 0 is none.

    It only ever grows, so numbers written in an older segment keep their meaning.
    """

    def __init__(self, lists: dict[str, list[str]] | None = None) -> None:
        self.lists: dict[str, list[str]] = {name: list(codes) for name, codes in (lists or {}).items()}
        self._numbers = {name: {code: i for i, code in enumerate(codes, 1)} for name, codes in self.lists.items()}

    def copy(self) -> "Codes":
        """A dictionary that can grow without changing this one."""
        return Codes(self.lists)

    def of(self, name: str) -> list[str]:
        """The codes of dimension `name`, by rank."""
        return self.lists.get(name, [])

    def number(self, name: str, code: str) -> int | None:
        """The number of `code`, or None when it has never been seen."""
        return self._numbers.get(name, {}).get(code)

    def words(self, name: str) -> int:
        """How many mask words a multi-valued dimension needs now."""
        return max(1, -(-len(self.of(name)) // WORD))

    def learn(self, name: str, code: str) -> int:
        """The number of `code`, given to it now if it is new."""
        numbers = self._numbers.setdefault(name, {})
        found = numbers.get(code)
        if found is None:
            self.lists.setdefault(name, []).append(code)
            found = numbers[code] = len(numbers) + 1
        return found

    def encode(self, name: str, column: Sequence[str | None] | Numbered) -> NDArray[np.int32]:
        """The numbers of a column of codes; None is 0."""
        if isinstance(column, Numbered):
            return self._renumbered(name, column.numbers, column.codes)
        for code in set(column):
            if code is not None:
                self.learn(name, code)
        numbers: dict[str | None, int] = {**self._numbers.get(name, {}), None: 0}
        return np.fromiter((numbers[code] for code in column), dtype=np.int32, count=len(column))

    def _renumbered(self, name: str, numbers: NDArray[np.int64], codes: Mapping[int, str]) -> NDArray[np.int32]:
        """The caller's numbers of codes as ours."""
        found, ranks = np.unique(numbers, return_inverse=True)
        ours = [self.learn(name, codes[int(number)]) if int(number) in codes else 0 for number in found]
        return np.array(ours, dtype=np.int32)[ranks] if ours else np.zeros(0, dtype=np.int32)

    def masks(self, name: str, column: Sequence[Sequence[str]] | Links, size: int) -> list[NDArray[np.int64]]:
        """One array for each mask word of a column of `size` sets of codes."""
        if not isinstance(column, Links):
            column = self._links(column)
        bits = self._renumbered(name, column.numbers, column.codes).astype(np.int64) - 1
        words = [np.zeros(size, dtype=np.int64) for _ in range(self.words(name))]
        for word, mask in enumerate(words):
            here = (bits >= word * WORD) & (bits < (word + 1) * WORD)
            np.bitwise_or.at(mask, column.rows[here], np.int64(1) << (bits[here] - word * WORD))
        return words

    @staticmethod
    def _links(column: Sequence[Sequence[str]]) -> Links:
        codes = dict(enumerate(sorted({code for held in column for code in held})))
        numbers = {code: number for number, code in codes.items()}
        pairs = [(row, numbers[code]) for row, held in enumerate(column) for code in held]
        rows, found = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return Links(rows, found, codes)


def split(numbers: Iterable[int]) -> tuple[int, ...]:
    """The mask words in which the bits of these code numbers are set."""
    whole = 0
    for number in numbers:
        whole |= 1 << (number - 1)
    words = []
    while whole:
        words.append(whole & ((1 << WORD) - 1))
        whole >>= WORD
    return tuple(words)


def mask_columns(name: str, words: int) -> list[str]:
    """Names of the columns that hold a multi-valued dimension."""
    return [f"{name}_{word}" for word in range(words)]


@dataclass(slots=True)
class Encoded:
    """A batch as numbers: columns of the facts, and of each kind of child."""

    facts: Columns
    children: dict[str, Columns]


def encode(schema: FactSchema, codes: Codes, batch: FactBatch) -> Encoded:
    """`batch` as columns of numbers, `codes` growing as needed."""
    size = len(batch.keys)
    facts: Columns = {
        "key": np.asarray(batch.keys, dtype=np.int64),
        "alive": np.ones(size, dtype=np.bool_),
        "day": _days(batch.days),
    }
    for dimension in schema.single:
        facts[dimension.name] = codes.encode(dimension.name, batch.dimensions[dimension.name])
    for dimension in schema.multiple:
        masks = codes.masks(dimension.name, batch.multiple[dimension.name], size)
        facts.update(zip(mask_columns(dimension.name, len(masks)), masks, strict=True))
    for measure in schema.measures:
        facts[measure] = _numbers(batch.measures[measure])
    children = {c.name: _child(codes, c, batch.children.get(c.name)) for c in schema.children}
    return Encoded(facts, children)


def _child(codes: Codes, child: Child, rows: ChildBatch | None) -> Columns:
    rows = rows or ChildBatch()
    columns: Columns = {"key": np.asarray(rows.parents, dtype=np.int64)}
    for dimension in child.dimensions:
        columns[dimension.name] = codes.encode(
            f"{child.name}.{dimension.name}", rows.dimensions.get(dimension.name, [])
        )
    for measure in child.measures:
        columns[measure] = _numbers(rows.measures.get(measure, []))
    return columns


def _days(column: Sequence[date] | NDArray[np.int64]) -> NDArray[np.int32]:
    if isinstance(column, np.ndarray):
        return column.astype(np.int32)
    return np.fromiter((day.toordinal() - EPOCH_DAY for day in column), dtype=np.int32, count=len(column))


def _numbers(column: Whole) -> NDArray[np.int32]:
    if isinstance(column, np.ndarray):
        return column.astype(np.int32)
    return np.fromiter((value or 0 for value in column), dtype=np.int32, count=len(column))


def tombstones(schema: FactSchema, codes: Codes, keys: Sequence[int]) -> Encoded:
    """Rows that say that the facts `keys` are no more."""
    nothing = FactBatch(
        keys=list(keys),
        days=[date(1970, 1, 1)] * len(keys),
        dimensions={d.name: [None] * len(keys) for d in schema.single},
        multiple={d.name: [()] * len(keys) for d in schema.multiple},
        measures={measure: [0] * len(keys) for measure in schema.measures},
    )
    encoded = encode(schema, codes, nothing)
    encoded.facts["alive"] = np.zeros(len(keys), dtype=np.bool_)
    return encoded
