"""Numbers that make names unique within a test."""

from itertools import count

_numbers = count(1)


def following() -> int:
    """A number that was not given before in this test."""
    return next(_numbers)


def restart(first: int = 1) -> None:
    """Begin again: a test makes the same names whatever ran before it in its process."""
    global _numbers
    _numbers = count(first)
