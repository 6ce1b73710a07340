"""Where organizations stand in the picture: drawn together by what they do together, apart otherwise, the same each time."""

import math
import random
from collections.abc import Mapping, Sequence

from .library import igraph
from .ties import Tie

WIDTH, HEIGHT, MARGIN = 1000, 720, 70
SEED = 20_260_401
ROUNDS = 60
Spot = tuple[float, float]


def positions(chosen: Sequence[int], ties: Sequence[Tie], sectors: Mapping[int, str], gap: float) -> dict[int, Spot]:
    """A spot in the picture for each of `chosen`, none nearer than `gap` to another where room allows.

    Springs (Fruchterman and Reingold, 1991) from a circle on which sectors follow each other; then each axis is spread
    half by rank, so that one far component does not crowd the others.
    """
    if len(chosen) < 2:
        return dict.fromkeys(chosen, (WIDTH / 2, HEIGHT / 2))
    around = sorted(chosen, key=lambda pk: (sectors.get(pk, ""), pk))
    rank = {pk: at for at, pk in enumerate(around)}
    inside = [tie for tie in ties if tie.first in rank and tie.second in rank]
    graph = igraph().Graph(len(around), [(rank[tie.first], rank[tie.second]) for tie in inside])
    circle = [
        (math.cos(2 * math.pi * at / len(around)), math.sin(2 * math.pi * at / len(around)))
        for at in range(len(around))
    ]
    igraph().set_random_number_generator(random.Random(SEED))  # noqa: S311 (a drawing, the same each time)
    try:
        weights = [math.sqrt(tie.weight) for tie in inside] or None
        drawn = graph.layout_fruchterman_reingold(weights=weights, niter=500, seed=circle, grid=False)
    finally:
        igraph().set_random_number_generator(random)
    xs = _spread([point[0] for point in drawn.coords], MARGIN, WIDTH - MARGIN)
    ys = _spread([point[1] for point in drawn.coords], MARGIN * 0.6, HEIGHT - MARGIN * 0.6)
    return dict(zip(around, _apart(list(zip(xs, ys, strict=True)), gap), strict=True))


def _spread(values: Sequence[float], low: float, high: float) -> list[float]:
    """`values` between `low` and `high`: half where they were, half by their rank."""
    smallest, size = min(values), max(values) - min(values)
    order = sorted(range(len(values)), key=lambda at: (round(values[at], 6), at))
    by_rank = {at: rank / (len(values) - 1) for rank, at in enumerate(order)}
    return [
        low + (high - low) * ((value - smallest) / size / 2 + by_rank[at] / 2 if size else by_rank[at])
        for at, value in enumerate(values)
    ]


def _apart(spots: list[Spot], gap: float) -> list[Spot]:
    """Push apart those that stand too near, a little at a time, within the frame."""
    for _round in range(ROUNDS):
        moved = False
        for one in range(len(spots)):
            for other in range(one):
                (ax, ay), (bx, by) = spots[one], spots[other]
                dx, dy = ax - bx, ay - by
                far = math.hypot(dx, dy)
                if far >= gap:
                    continue
                if far < 1e-9:
                    dx, dy, far = 1.0, 0.5 * (one % 3 - 1), 1.0
                push = (gap - min(far, gap)) / 2 / far
                spots[one] = _within(ax + dx * push, ay + dy * push)
                spots[other] = _within(bx - dx * push, by - dy * push)
                moved = True
        if not moved:
            break
    return spots


def _within(x: float, y: float) -> Spot:
    edge = MARGIN * 0.6
    return min(max(x, edge), WIDTH - edge), min(max(y, edge), HEIGHT - edge)
