"""The cheapest node of a lattice that passes a monotone test: what is coarser than a node that passes, passes too."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

MOST_NODES = 500_000

Node = tuple[int, ...]


class TooManyNodes(Exception):
    """The lattice has more nodes than a search could go through."""


def nodes_of(shape: Sequence[int]) -> NDArray[np.int16]:
    """All nodes of a lattice with `shape[t]` levels for trait t, one a row."""
    if np.prod([float(levels) for levels in shape]) > MOST_NODES:
        raise TooManyNodes(str(shape))
    grids = np.meshgrid(*(np.arange(levels, dtype=np.int16) for levels in shape), indexing="ij")
    return np.stack([grid.ravel() for grid in grids], axis=1) if grids else np.zeros((1, 0), dtype=np.int16)


def ranked(shape: Sequence[int], losses: Sequence[Sequence[float]]) -> NDArray[np.int16]:
    """The nodes by loss (`losses[trait][level]`, added up), then by levels climbed, then in the order of traits."""
    nodes = nodes_of(shape)
    loss = np.zeros(len(nodes))
    for trait, own in enumerate(losses):
        loss += np.asarray(own, dtype=float)[nodes[:, trait]]
    keys = [nodes[:, trait] for trait in reversed(range(len(shape)))]
    return nodes[np.lexsort([*keys, nodes.sum(axis=1), np.round(loss, 6)])]


def cheapest(
    shape: Sequence[int], losses: Sequence[Sequence[float]], passes: Callable[[Node], bool]
) -> tuple[Node | None, int]:
    """The first node of the order of `ranked` that passes (None when the top does not), and how many were tried.

    Losses never decrease with the level. Each trial halves the dearer half, or removes all that is finer: the search
    of Optimal Lattice Anonymization (El Emam et al. 2009), on the order of loss.
    """
    top = tuple(levels - 1 for levels in shape)
    if not passes(top):
        return None, 1
    nodes = ranked(shape, losses)
    tried = 1
    best = int(np.flatnonzero((nodes == np.asarray(top, dtype=np.int16)).all(axis=1))[0])
    open_ = np.ones(len(nodes), dtype=bool)
    while True:
        left = np.flatnonzero(open_[:best])
        if not len(left):
            return tuple(int(level) for level in nodes[best]), tried
        above = left[(nodes[left] >= nodes[left[len(left) // 2]]).all(axis=1)]
        chosen = int(above[len(above) // 2])  # half-way up from the middle: a failure removes more
        tried += 1
        if passes(tuple(int(level) for level in nodes[chosen])):
            best = chosen
        else:
            open_ &= ~(nodes <= nodes[chosen]).all(axis=1)
