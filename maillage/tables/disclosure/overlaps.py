"""Which published periods or territories have to do with each other, and the pieces they cut one another into.

Told with worked cases in `docs/explanation/algorithms/differencing.md`.
"""

from collections.abc import Collection, Hashable, Sequence
from itertools import chain
from typing import TypeVar

Element = TypeVar("Element", bound=Hashable)


def pieces(sets: Sequence[Collection[Element]]) -> list[tuple[Element, ...]]:
    """The coarsest partition of which each set is a union, in order; elements must have an order."""
    return sorted(tuple(sorted(elements)) for elements in _alike([sorted(one) for one in sets]).values())  # type: ignore[type-var]


def linked(sets: Sequence[Collection[Hashable]], to: Collection[Hashable]) -> list[int]:
    """Which sets have to do with another: those that overlap it, those that overlap these, and so on."""
    found: set[int] = set()
    reached = [frozenset(to)]
    while reached:
        here = reached.pop()
        near = [number for number, one in enumerate(sets) if number not in found and not here.isdisjoint(one)]
        found.update(near)
        reached += [frozenset(sets[number]) for number in near]
    return sorted(found)


def _alike(held: Sequence[Sequence[Element]]) -> dict[tuple[bool, ...], list[Element]]:
    """Elements by the sets that hold them."""
    members = [frozenset(elements) for elements in held]
    alike: dict[tuple[bool, ...], list[Element]] = {}
    for element in dict.fromkeys(chain.from_iterable(held)):
        alike.setdefault(tuple(element in one for one in members), []).append(element)
    return alike
