"""Synthetic directories: invented organizations and services that read like real ones, for measurements."""

from collections.abc import Callable
from datetime import date


def write(number: int, seed: int, today: date, progress: Callable[[int], object]) -> None:
    """Write `number` invented services in the municipalities of this installation; `progress` is told how many.

    `Refused`, with a sentence, when there is none. All or nothing.
    """
    from .drafts import drafts
    from .writing import places
    from .writing import write as write_drafts

    write_drafts(drafts(places(), number, seed, today), progress)
