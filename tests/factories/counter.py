"""Numbers that make names unique within a run."""

from itertools import count

_numbers = count(1)


def following() -> int:
    """A number that was not given before."""
    return next(_numbers)
