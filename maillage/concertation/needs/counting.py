"""Counting what a group says comes first: dots, or ranks by Borda. Pure arithmetic: no database.

The method and its worked cases stand in `docs/explanation/algorithms/prioritising.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Sheet = Mapping[int, int]  # what one person gives: need → dots, or need → rank (1 is first)


@dataclass(frozen=True, slots=True)
class Line:
    """A need in the result: its points, its place (those with equal points share it), how many gave it something."""

    need: int
    points: float
    place: int
    given_by: int
    tied: bool


def count_dots(needs: Sequence[int], sheets: Iterable[Sheet]) -> list[Line]:
    """The sum of the dots that each need received."""
    points, given = dict.fromkeys(needs, 0.0), dict.fromkeys(needs, 0)
    for sheet in sheets:
        for need, dots in sheet.items():
            if need in points and dots > 0:
                points[need] += dots
                given[need] += 1
    return placed(points, given)


def count_ranks(needs: Sequence[int], sheets: Iterable[Sheet]) -> list[Line]:
    """Borda: of n needs, the first receives n − 1 points, the next one less…; those that a sheet leaves unranked share the
    mean of the points that remain. A sheet that ranks nothing counts for nothing."""
    points, given = dict.fromkeys(needs, 0.0), dict.fromkeys(needs, 0)
    for sheet in sheets:
        ranked = sorted((need for need in sheet if need in points), key=lambda need: (sheet[need], need))
        if not ranked:
            continue
        left = len(needs) - len(ranked)
        for place, need in enumerate(ranked):
            points[need] += len(needs) - 1 - place
            given[need] += 1
        for need in needs:
            if need not in sheet:
                points[need] += (left - 1) / 2
    return placed(points, given)


def placed(points: Mapping[int, float], given: Mapping[int, int]) -> list[Line]:
    """Needs by their points, the most first; equal ones share a place and the next place is left out (1, 1, 3)."""
    exact = {need: round(value * 2) for need, value in points.items()}  # points are whole or half: compared exactly
    order = sorted(exact, key=lambda need: (-exact[need], need))
    values = list(exact.values())
    return [
        Line(
            need,
            exact[need] / 2,
            1 + sum(value > exact[need] for value in values),
            given[need],
            values.count(exact[need]) > 1,
        )
        for need in order
    ]
