"""What organizations did together, before it is counted: pure values, which know neither database nor person."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both in."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Whether `day` is in it; no day is in none."""
        return day is not None and self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that `organizations` did together: a meeting, a shared follow-up, an initiative, or the referrals of one
    to the other (`persons` of them). The same `key` of the same kind is one deed, however often it is told."""

    kind: str
    key: Hashable
    organizations: tuple[int, ...]
    persons: int = 0
