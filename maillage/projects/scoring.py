"""What the scores of a committee come to: pure and exact, in fractions (docs/decisions/0049).

Each criterion is brought to a share of its own highest score, then counts by its weight. A sheet counts once it is whole: a
member who has scored only what pleases them does not weigh on the sum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol


class Scored(Protocol):
    """What a criterion says."""

    @property
    def pk(self) -> int: ...

    @property
    def most(self) -> int: ...

    @property
    def weight(self) -> int: ...


# Criterion → points, of one member.
Sheet = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """`share` of the highest possible sum, from 0 to 1, over `sheets` whole sheets; None without any. `means` by criterion."""

    share: Fraction | None
    sheets: int
    means: Mapping[int, Fraction]


def is_whole(sheet: Sheet, criteria: Iterable[Scored]) -> bool:
    """Whether every criterion has its score."""
    return all(criterion.pk in sheet for criterion in criteria)


def share_of(sheet: Sheet, criteria: Iterable[Scored]) -> Fraction | None:
    """What one whole sheet comes to, from 0 to 1; None when it is not whole or there is nothing to score."""
    weights, total = 0, Fraction(0)
    for criterion in criteria:
        if criterion.pk not in sheet:
            return None
        weights += criterion.weight
        total += criterion.weight * Fraction(sheet[criterion.pk], criterion.most)
    return total / weights if weights else None


def summary_of(sheets: Iterable[Sheet], criteria: Iterable[Scored]) -> Summary:
    """What whole sheets come to together: each member counts as much as another."""
    asked = list(criteria)
    whole = [sheet for sheet in sheets if asked and is_whole(sheet, asked)]
    if not whole:
        return Summary(None, 0, {})
    means = {one.pk: Fraction(sum(sheet[one.pk] for sheet in whole), len(whole)) for one in asked}
    shares = [share for sheet in whole if (share := share_of(sheet, asked)) is not None]
    return Summary(sum(shares, Fraction(0)) / len(shares), len(whole), means)
