"""Which action comes after which: a plan goes forward, never round. Pure work on numbers."""

from collections.abc import Collection, Mapping


def circle(after: Mapping[int, Collection[int]], start: int) -> list[int]:
    """The shortest way from `start` back to itself when one follows what each action comes after; nothing when there is none.

    `after` gives, for each action, those that it comes after. The answer begins and ends with `start`.
    """
    came: dict[int, int] = {}
    row = [start]
    while row:
        found: list[int] = []
        for here in row:
            for there in after.get(here, ()):
                if there == start:
                    return _way(came, start, here)
                if there not in came:
                    came[there] = here
                    found.append(there)
        row = found
    return []


def _way(came: Mapping[int, int], start: int, last: int) -> list[int]:
    way = [start]
    while last != start:
        way.append(last)
        last = came[last]
    return [start, *reversed(way)]
