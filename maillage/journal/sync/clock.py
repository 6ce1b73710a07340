"""What a device says of time, kept as it came: any clock is accepted, and one that cannot be right is flagged.

`age` is counted by a monotonic clock, which on many phones stands still while they sleep: it is the least time that
passed, and can show that `made` is too late, never that it is too early.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .protocol import DOUBTFUL_SECONDS

LONGEST_AGE = 10**13  # milliseconds: three centuries
FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Made:
    """When an operation was made, by the device's clock: the instant, its offset in minutes, and whether to doubt it."""

    at: datetime | None
    offset: int
    age: int | None
    doubtful: bool


def skew_of(clock: datetime | None, now: datetime) -> timedelta | None:
    """How far the device's clock is ahead of ours; None when it said nothing that can be read."""
    at = _aware(clock)
    return None if at is None else at - now


def read_made(text: str, age: int | None, skew: timedelta | None, now: datetime) -> Made:
    """When an operation was made. Nothing that a device may say fails."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        said = None
    at = _aware(said)
    offset = int((said.utcoffset() or timedelta()).total_seconds() // 60) if said and at else 0
    age = age if isinstance(age, int) and 0 <= age <= LONGEST_AGE else None
    if at is None:
        return Made(None, 0, age, True)
    limit = timedelta(seconds=DOUBTFUL_SECONDS)
    latest = now - timedelta(milliseconds=age or 0) + (skew or timedelta())
    doubtful = at - latest > limit or (skew is not None and abs(skew) > limit)
    return Made(at, offset, age, doubtful)


def _aware(said: datetime | None) -> datetime | None:
    """The instant in UTC, a time without offset being taken for UTC; None for what no database holds."""
    if said is None or said.year < FIRST_YEAR:
        return None
    try:
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except OverflowError:
        return None
