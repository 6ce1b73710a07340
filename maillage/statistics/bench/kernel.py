"""A compiled fused kernel over the same columns: one pass for the entries, one for the referrals, on every core.

The yardstick of what the machine can do; numba is a development dependency, imported here and nowhere else.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from maillage.tables.engine import Facts

SINGLE = ("mrc", "tenure", "nature", "role", "collective_kind", "contact_place", "contact_rank")
MULTIPLE = ("action", "group", "theme", "axis", "success")
SUMS = ("persons", "persons_referred", "participations")
HALF = 10  # bits of a mask that one histogram takes: sets of codes are counted without a branch
SIZE = 64  # counters of a dimension


@numba.njit(parallel=True, cache=False, nogil=True)
def _entries(program, day, month, single, masks, sums, wanted, first, last, base, threads):  # type: ignore[no-untyped-def]
    """Counters by thread: single dimensions, months, sets of codes by halves, sums by nature."""
    counts = np.zeros((threads, 24, 1 << HALF), dtype=np.int64)
    size = len(program)
    for thread in numba.prange(threads):
        mine = counts[thread]
        for row in range(thread * size // threads, (thread + 1) * size // threads):
            if program[row] != wanted or day[row] < first or day[row] > last:
                continue
            for dimension in range(single.shape[0]):
                mine[dimension, single[dimension, row]] += 1
            mine[7, month[row] - base] += 1
            for which in range(masks.shape[0]):
                mine[8 + which, masks[which, row]] += 1
            nature = single[2, row]
            for which in range(sums.shape[0]):
                mine[20 + which, nature] += sums[which, row]
    return counts.sum(axis=0)


@numba.njit(parallel=True, cache=False, nogil=True)
def _referrals(program, day, destination, need, kind, wanted, first, last, threads):  # type: ignore[no-untyped-def]
    counts = np.zeros((threads, SIZE, SIZE), dtype=np.int64)
    kinds = np.zeros((threads, SIZE), dtype=np.int64)
    size = len(program)
    for thread in numba.prange(threads):
        for row in range(thread * size // threads, (thread + 1) * size // threads):
            if program[row] == wanted and first <= day[row] <= last:
                counts[thread, destination[row], need[row]] += 1
                kinds[thread, kind[row]] += 1
    return counts.sum(axis=0), kinds.sum(axis=0)


class Kernel:
    """The kernel over the columns that a process holds."""

    def __init__(self, facts: Facts, threads: int) -> None:
        self.threads = threads
        numba.set_num_threads(threads)
        parts = [part for name in MULTIPLE for part in _halves(name, facts.columns("facts", f"{name}_0")[f"{name}_0"])]
        self.masks = [(name, shift) for name, shift, _part in parts]
        rows = facts.columns("facts", "program", "day", "month")
        self.entries = (
            *rows.values(),
            _stacked(facts, SINGLE, np.uint8),
            np.stack([part for _name, _shift, part in parts]),
            _stacked(facts, SUMS, np.int32),
        )
        self.base = int(rows["month"].min()) if len(rows["month"]) else 0
        names = ("fact_program", "fact_day", "destination", "need", "kind")
        self.children = tuple(facts.columns("referral", *names).values())

    def count(self, program: int, first: int, last: int) -> tuple[NDArray[np.int64], Any]:
        """All counters of a programme from day `first` to day `last` (days since 1970)."""
        entries = _entries(*self.entries, program, first, last, self.base, self.threads)
        return entries, _referrals(*self.children, program, first, last, self.threads)

    def of(self, dimension: str, number: int, entries: NDArray[np.int64]) -> int:
        """The entries that bear a code, from the counters."""
        if dimension in SINGLE:
            return int(entries[SINGLE.index(dimension), number])
        rank = next(
            i for i, (name, shift) in enumerate(self.masks) if name == dimension and shift <= number - 1 < shift + HALF
        )
        sets = np.arange(1 << HALF)
        return int(entries[8 + rank][(sets >> (number - 1 - self.masks[rank][1])) & 1 == 1].sum())


def _stacked(facts: Facts, names: tuple[str, ...], kind: type[np.generic]) -> NDArray[np.generic]:
    return np.stack([facts.columns("facts", name)[name].astype(kind) for name in names])


def _halves(name: str, mask: NDArray[Any]) -> list[tuple[str, int, NDArray[np.int16]]]:
    """A mask in columns of `HALF` bits; only those that some row needs."""
    low = (1 << HALF) - 1
    shifts = range(0, min(8 * mask.dtype.itemsize, 62), HALF)
    wide = mask.astype(np.int64)
    parts = [(name, shift, ((wide >> shift) & low).astype(np.int16)) for shift in shifts]
    return [found for found in parts if found[2].any()]
