"""What the index keeps packed: numbers of services in a block, with what goes with each. Little-endian everywhere."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 4096
Offsets = NDArray[np.uint16]
Weights = NDArray[np.uint8]

FACTS = np.dtype([("offset", "<u2"), ("flags", "u1"), ("quality", "u1"), ("checked", "<u2")])
NAMES = np.dtype([("offset", "<u2"), ("name", "S32")])
POINTS = np.dtype([("offset", "<u2"), ("latitude", "<f4"), ("longitude", "<f4")])
# Minutes of a day; days are bits from Monday; `first` and `last` count from `EPOCH`.
HOURS = np.dtype(
    [("offset", "<u2"), ("days", "u1"), ("opens", "<u2"), ("closes", "<u2"), ("first", "<u2"), ("last", "<u2")]
)
SHELVES = {"facts": FACTS, "names": NAMES, "points": POINTS, "hours": HOURS}

EPOCH = 730_120  # the first of January 2000, as `date.toordinal` counts
LAST_DAY = 65_535
OFFERED, PAUSED, KEPT = 1, 2, 4  # flags: may be proposed; for now closed; still a sheet (not merged into another)
RULED = 128  # instead of days: hours that only the full rules can tell


def block_of(number: int) -> int:
    """The block in which a service stands."""
    return number // BLOCK


def packed_postings(offsets: Offsets, weights: Weights) -> bytes:
    """Offsets in order, then a weight for each."""
    return offsets.astype("<u2").tobytes() + weights.astype("u1").tobytes()


def postings(body: Any) -> tuple[Offsets, Weights]:
    """What `packed_postings` packed."""
    size = len(body) // 3
    return np.frombuffer(body, "<u2", size), np.frombuffer(body, "u1", size, 2 * size)


def changed_postings(body: Any, changes: Mapping[int, int]) -> bytes:
    """The postings of a block after some weights changed (offset → weight, 0 where the word no longer stands)."""
    offsets, weights = postings(body)
    touched = np.fromiter(changes.keys(), "<u2", len(changes))
    given = np.fromiter(changes.values(), "u1", len(changes))
    if len(offsets):
        kept = ~np.isin(offsets, touched)
        touched, given = np.concatenate([offsets[kept], touched]), np.concatenate([weights[kept], given])
    stands = given > 0
    touched, given = touched[stands], given[stands]
    order = np.argsort(touched, kind="stable")
    return packed_postings(touched[order], given[order])


def changed_shelf(body: Any, dtype: np.dtype[Any], gone: NDArray[np.uint16], rows: list[tuple[Any, ...]]) -> bytes:
    """A shelf without the rows of `gone`, with `rows` in their stead, in the order of offsets."""
    held = np.frombuffer(body, dtype)
    held = np.concatenate([held[~np.isin(held["offset"], gone)], np.array(rows, dtype)])
    return held[np.argsort(held["offset"], kind="stable")].tobytes()


def packed_sheet(content: list[Any]) -> bytes:
    """What the index holds of a service."""
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 6)


def sheet(body: Any) -> list[Any]:
    """What `packed_sheet` packed."""
    found: list[Any] = json.loads(zlib.decompress(body))
    return found
