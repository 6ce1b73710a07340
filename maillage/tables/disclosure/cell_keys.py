"""Cell keys: the same small perturbation of a figure wherever the same records are counted, then rounding to base 5.

The method, its worked cases, its literature and its limits: docs/explanation/algorithms/live-protection.md.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

KEYS: Final = 1 << 24  # keys run from 0 to KEYS − 1: ten million of them still add up exactly in a float
BASE: Final = 5  # figures are multiples of it
MOST: Final = 4  # the noise is never larger (D in the literature)
VARIANCE: Final = 2.0  # of the noise (V)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def fingerprint(secret: bytes) -> str:
    """A short name of the secret, which tells nothing of it: keys made with another have another name."""
    return hashlib.blake2b(b"fingerprint", key=_key(secret), digest_size=8).hexdigest()


def record_keys(secret: bytes, names: Iterable[bytes]) -> list[int]:
    """The key of each record, drawn evenly from 0 to `KEYS` − 1 by its name (what it is called for ever) and the secret."""
    key, whole = _key(secret), hashlib.blake2b
    return [int.from_bytes(whole(name, key=key, digest_size=3).digest()) for name in names]


def perturbed(secret: bytes, counts: Ints, key_sums: Ints) -> Ints:
    """The figures shown for cells of `counts` records whose keys add up to `key_sums`, of any shape.

    A function of the set of records alone: nothing of the table, the question or the reader enters it. Each figure is a
    multiple of `BASE`, not negative, at most `BASE - 1 + MOST` away from the count, and the count on average; 0 stays 0.
    """
    noise, rounding = _draws(secret, key_sums, b"count")
    return np.asarray(np.where(counts > 0, _rounded(counts + _noise(counts, noise), rounding), 0), dtype=np.int64)


def perturbed_sums(secret: bytes, sums: Ints, counts: Ints, key_sums: Ints, measure: str) -> tuple[Ints, Ints]:
    """The figures shown for a measure added up over cells of `counts` records, and the scale of the noise of each.

    The noise of a count is multiplied by the scale, what a record bears on average (1 at least): it hides one record
    here as it does there. A cell of few records must not be shown: see `surely`.
    """
    scale = np.maximum(1, np.round(sums / np.maximum(counts, 1))).astype(np.int64)
    noise, rounding = _draws(secret, key_sums, b"sum:" + measure.encode())
    figures = _rounded(np.maximum(sums + _noise(counts, noise) * scale, 0), rounding)
    return np.asarray(np.where(sums > 0, figures, 0), dtype=np.int64), scale


def surely(figure: int, least: int, scale: int = 1) -> bool:
    """Whether whoever sees only the protected `figure` can be sure that the true one is `least` or more."""
    return figure - (BASE - 1) - MOST * scale >= least


@lru_cache(maxsize=1)
def noise_table() -> Floats:
    """Cumulated probabilities of the noise −MOST … MOST for counts 0 … MOST and more, a line each.

    Of all laws that never make a count negative, have mean 0 and variance `VARIANCE`, the one of the highest entropy
    (Giessing 2016): what is left to guess is the most that these three conditions allow.
    """
    lines = [np.zeros(2 * MOST + 1) for _count in range(MOST + 1)]
    lines[0][MOST] = 1.0
    for count in range(1, MOST + 1):
        support = np.arange(-count, MOST + 1, dtype=np.float64)
        lines[count][MOST - count :] = _highest_entropy(support)
    cumulated: Floats = np.round(np.cumsum(np.array(lines), axis=1), 9).astype(np.float64)  # the same on every machine
    cumulated[:, -1] = 1.0
    return cumulated


def _highest_entropy(support: Floats) -> Floats:
    """The law exp(a·d + b·d²) on `support` whose mean is 0 and variance `VARIANCE`, by Newton's method."""
    powers = np.stack([support, support**2])
    wanted, multipliers = np.array([0.0, VARIANCE]), np.array([0.0, -1 / (2 * VARIANCE)])
    law = np.full(len(support), 1 / len(support))
    for _step in range(60):
        weights = np.exp(multipliers @ powers)
        law = weights / weights.sum()
        means = powers @ law
        spread = (powers * law) @ powers.T - np.outer(means, means)
        multipliers = multipliers - np.linalg.solve(spread, means - wanted)
    return law


def _noise(counts: Ints, draw: Floats) -> Ints:
    """The noise of each cell: where its draw falls in the law of its count."""
    laws = noise_table()[np.minimum(counts, MOST)]
    return np.asarray((draw[..., np.newaxis] >= laws).sum(axis=-1) - MOST, dtype=np.int64)


def _rounded(values: Ints, draw: Floats) -> Ints:
    """Multiples of `BASE`: up with a probability of the remainder over `BASE`, so that nothing is gained or lost."""
    below, rest = np.divmod(values, BASE)
    return np.asarray((below + (draw * BASE < rest)) * BASE, dtype=np.int64)


def _draws(secret: bytes, key_sums: Ints, purpose: bytes) -> tuple[Floats, Floats]:
    """Two numbers between 0 and 1 for each cell, which only its key and the secret decide."""
    keys, rank = np.unique(np.asarray(key_sums, dtype=np.int64) % KEYS, return_inverse=True)
    key = _key(secret)
    drawn = b"".join(hashlib.blake2b(int(cell).to_bytes(3) + purpose, key=key, digest_size=8).digest() for cell in keys)
    pairs = np.frombuffer(drawn, dtype=">u4").reshape(len(keys), 2) / 2.0**32
    both = pairs[np.reshape(rank, np.shape(key_sums))]
    return both[..., 0], both[..., 1]


def _key(secret: bytes) -> bytes:
    """The secret as BLAKE2 takes it, whatever its length."""
    return hashlib.blake2b(secret, digest_size=32, person=b"maillage-cells").digest()
