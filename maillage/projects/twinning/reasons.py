"""Why a place is in no group."""

from collections.abc import Collection
from enum import StrEnum

from .answer import Answer
from .question import Place, Question, Travel


class Reason(StrEnum):
    """Why, from what concerns the place alone to what concerns the whole."""

    UNKNOWN = "unknown"  # nobody knows where it is
    NOBODY = "nobody"  # nobody there is interested
    TOO_MANY = "too_many"  # more persons than a group takes
    ALONE = "alone"  # no other place within the limit
    NO_HOST = "no_host"  # neither it nor anybody within the limit can receive
    TOO_FEW = "too_few"  # all those within the limit of a host together do not reach the least
    OTHERS = "others"  # a group with it would serve fewer persons, or leave more of them far away


def left_out(question: Question, answer: Answer, unknown: Collection[int] = ()) -> dict[int, Reason]:
    """The places that stand in no group of `answer`, each with its reason. `unknown` are those whose place is not known."""
    inside = {key for group in answer.groups for key in group.places}
    missing = [place for place in question.places if place.key not in inside]
    return {place.key: _reason(question, place, unknown) for place in missing}


def _reason(question: Question, place: Place, unknown: Collection[int]) -> Reason:
    if not place.interested:
        return Reason.NOBODY
    if place.interested > question.most:
        return Reason.TOO_MANY
    hosts = [host for host, coming in question.reach.items() if place.key in coming]
    near = any(
        place.key in pair and far <= question.limit and pair[0] != pair[1]
        for pair, far in question.travel.items()
        if pair[0] in question.by_key and pair[1] in question.by_key
    )
    if not hosts:
        if place.key in unknown:
            return Reason.UNKNOWN
        return Reason.NO_HOST if near or place.interested >= question.least else Reason.ALONE
    if any(_gathers(question, host) >= question.least for host in hosts):
        return Reason.OTHERS
    if place.key in unknown:
        return Reason.UNKNOWN
    return Reason.TOO_FEW if near else Reason.ALONE


def told_number(question: Question, key: int, reason: Reason, every: Travel) -> float | None:
    """What makes `reason` clear: how many persons could come together, or how far the nearest place is (in `every` way known)."""
    if reason is Reason.TOO_FEW:
        return max(_gathers(question, host) for host, coming in question.reach.items() if key in coming)
    if reason is Reason.ALONE:
        return min((every[key, other] for other in question.by_key if (key, other) in every), default=None)
    return None


def _gathers(question: Question, host: int) -> int:
    return sum(question.by_key[key].interested for key in question.reach[host])
