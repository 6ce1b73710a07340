"""Rows generalised until each combination of known traits stands k times, losing as little as can be.

Full-domain generalisation, optimal over the lattice of levels; told in docs/explanation/algorithms/extracts.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import Codes, Crowd, Sensitive, Trait
from .lattice import Node, cheapest, nodes_of

LOWEST_K: Final = 5
"""No class of fewer rows is ever given, whatever is asked."""
WITHHELD: Final = -1
"""The class of a row that is left out."""


class Impossible(Exception):
    """Even with every trait withheld, something fails: `demand` is "k" or the name of a field, in `rows` rows."""

    def __init__(self, demand: str, rows: int) -> None:
        super().__init__(f"{demand}: {rows}")
        self.demand = demand
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Anonymized:
    """The levels chosen and what comes of them.

    `levels[t]` is the level of trait t; `classes` the class of each row, or WITHHELD; `smallest` the rows of the
    smallest class given; `loss` bits lost, by trait, and `most` bits that the top would lose; `tried` nodes of `nodes`.
    """

    levels: Node
    classes: Codes
    smallest: int
    withheld: int
    loss: tuple[float, ...]
    most: tuple[float, ...]
    tried: int
    nodes: int

    @property
    def kept(self) -> tuple[float, ...]:
        """The share of what each trait said that is left, from 0 to 1."""
        return tuple(1 - own / top if top else 1.0 for own, top in zip(self.loss, self.most, strict=True))


def anonymize(
    traits: Sequence[Trait],
    sensitive: Sequence[Sensitive] = (),
    *,
    k: int,
    share_withheld: float = 0.02,
    fixed: Codes | None = None,
) -> Anonymized:
    """The least generalisation of `traits` under which every class has `k` rows and passes for each of `sensitive`.

    At most `share_withheld` of the rows are left out instead: those whose class fails. `fixed`, one code a row, stands
    as a trait that is never generalised: what an attacker has from elsewhere; nothing may then be withheld.
    `Impossible` when the top fails; ValueError for k under 5, a share outside 0 to 0.05, or levels that do not nest.
    """
    _check(traits, k, share_withheld, fixed)
    crowd = Crowd(traits, sensitive, fixed, k)
    most = int(share_withheld * crowd.rows + 1e-9)
    shape = [len(trait.levels) for trait in traits]
    losses = [losses_of(trait) for trait in traits]
    weighed = [[trait.weight * bits for bits in own] for trait, own in zip(traits, losses, strict=True)]
    if crowd.rows == 0:
        raise Impossible("k", 0)
    node, tried = cheapest(shape, weighed, lambda node: crowd.passes(node, most))
    if node is None:
        raise _why(crowd, tuple(levels - 1 for levels in shape))
    classes, sizes, failed = crowd.failing(node)
    gone = np.logical_or.reduce(list(failed.values()))
    of_class = np.where(gone, WITHHELD, np.cumsum(~gone) - 1)
    return Anonymized(
        levels=node,
        classes=of_class[classes][crowd.combination],
        smallest=int(sizes[~gone].min()),
        withheld=int(sizes[gone].sum()),
        loss=tuple(losses[trait][level] for trait, level in enumerate(node)),
        most=tuple(own[-1] for own in losses),
        tried=tried,
        nodes=len(nodes_of(shape)),
    )


def losses_of(trait: Trait) -> list[float]:
    """Bits that the rows lose at each level: non-uniform entropy (Gionis & Tassa 2009), 0 at the finest."""
    finest = trait.levels[0]
    before = np.bincount(finest[trait.values], minlength=int(finest.max(initial=0)) + 1)
    found = []
    for level in trait.levels:
        rows = np.bincount(level[trait.values], minlength=int(level.max(initial=0)) + 1)
        own, whole = before[finest[trait.values]], rows[level[trait.values]]
        found.append(float(np.log2(whole / own).sum()))
    return found


def _check(traits: Sequence[Trait], k: int, share: float, fixed: NDArray[np.int64] | None) -> None:
    if k < LOWEST_K:
        raise ValueError(f"k is {LOWEST_K} or more, not {k}")
    if not 0 <= share <= 0.05 or (share and fixed is not None):
        raise ValueError(f"the share of rows withheld is 0 to 0.05, and 0 beside earlier files, not {share}")
    if not traits or len({len(trait.values) for trait in traits}) != 1:
        raise ValueError("at least one trait, all of the same rows")
    for trait in traits:
        for finer, coarser in zip(trait.levels, trait.levels[1:], strict=False):
            pairs = np.unique(finer * (int(coarser.max(initial=0)) + 1) + coarser)
            if len(pairs) != len(np.unique(finer)):
                raise ValueError(f"the levels of {trait.name} do not nest")


def _why(crowd: Crowd, top: Node) -> Impossible:
    """What fails at the top, the number of rows first."""
    _classes, sizes, failed = crowd.failing(top)
    for demand, classes in failed.items():
        if classes.any():
            return Impossible(demand, int(sizes[classes].sum()))
    raise AssertionError("the top passes")
