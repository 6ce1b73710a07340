"""Where a measure stands against its target, whichever way is better: numbers only, no database."""

from decimal import Decimal

from .enums import TargetWay, Verdict

NOTHING = Decimal(0)


def verdict_of(*, way: str, target: Decimal, value: Decimal, began: Decimal | None) -> str:
    """What to propose of a target: reached, reached in part (nearer than at the start), not reached.

    `began` is the first measure, when there is an earlier one. What is counted upwards starts from nothing; what must come down
    has no start without it, and "" is given: nobody can say whether it came down.
    """
    if is_reached(way, target, value):
        return Verdict.REACHED
    if way == TargetWay.AT_LEAST:
        return Verdict.PARTLY if value > NOTHING else Verdict.NOT_REACHED
    if began is None:
        return ""
    return Verdict.PARTLY if value < began else Verdict.NOT_REACHED


def is_reached(way: str, target: Decimal, value: Decimal) -> bool:
    """Whether `value` is at the target or beyond."""
    return value <= target if way == TargetWay.AT_MOST else value >= target
