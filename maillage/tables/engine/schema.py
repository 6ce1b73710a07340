"""What an application declares about the facts it offers: their dimensions, measures and child rows."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

FORMAT = 2  # of the files; another number makes every store be rebuilt


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property that holds codes: one at most for each fact, or several when `multiple`."""

    name: str
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """Rows that a fact owns (the referrals of an entry), with single-valued dimensions and measures of their own."""

    name: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSchema:
    """The shape of one kind of fact. `order` names the dimensions by which most questions filter."""

    name: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def single(self) -> tuple[Dimension, ...]:
        """Dimensions that hold one code at most."""
        return tuple(d for d in self.dimensions if not d.multiple)

    @property
    def multiple(self) -> tuple[Dimension, ...]:
        """Dimensions that may hold several codes."""
        return tuple(d for d in self.dimensions if d.multiple)

    def dimension(self, name: str) -> Dimension:
        """The dimension `name` of the fact itself; `KeyError` where there is none."""
        for dimension in self.dimensions:
            if dimension.name == name:
                return dimension
        raise KeyError(name)

    def child(self, name: str) -> Child:
        """The child `name`; `KeyError` where there is none."""
        for child in self.children:
            if child.name == name:
                return child
        raise KeyError(name)

    @property
    def digest(self) -> str:
        """A short name of this exact shape: a store of another shape is rebuilt."""
        return hashlib.sha256(f"{FORMAT}:{self!r}".encode()).hexdigest()[:16]


Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A column of codes as the caller numbers them: `codes[n]` is the code of n; a number that is not there is none."""

    numbers: Ints
    codes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Links:
    """Sets of codes as pairs: fact of rank `rows[i]` in the batch bears the code of `numbers[i]`."""

    rows: Ints
    numbers: Ints
    codes: Mapping[int, str]


Whole = Sequence[int | None] | Ints  # whole numbers; None is 0


@dataclass(slots=True)
class ChildBatch:
    """Child rows: `parents` holds the key of the fact that owns each."""

    parents: Sequence[int] | Ints = field(default_factory=list)
    dimensions: dict[str, list[str | None] | Numbered] = field(default_factory=dict)
    measures: dict[str, Whole] = field(default_factory=dict)


@dataclass(slots=True)
class FactBatch:
    """Facts by column, all of the same length. A key stands once in a batch; codes are strings, or None.

    Where there are millions, columns are given in numpy: codes as `Numbered` or `Links`, days counted from 1970-01-01.
    """

    keys: Sequence[int] | Ints = field(default_factory=list)
    days: Sequence[date] | Ints = field(default_factory=list)
    dimensions: dict[str, list[str | None] | Numbered] = field(default_factory=dict)
    multiple: dict[str, list[Sequence[str]] | Links] = field(default_factory=dict)
    measures: dict[str, Whole] = field(default_factory=dict)
    children: dict[str, ChildBatch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where facts come from: `read(None)` yields them all in batches, `read(keys)` those of `keys` that still exist.

    `stream` names the change log that says which keys were written. `seal` gives a word that changes when the same rows
    would be read otherwise (another secret from which keys are made): a store made under another is rebuilt.
    """

    schema: FactSchema
    stream: str
    read: Callable[[Sequence[int] | None], Iterable[FactBatch]]
    seal: Callable[[], str] = lambda: ""
