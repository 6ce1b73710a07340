"""Three-way merge of a text typed by two people at once, line by line (see docs/explanation/algorithms/minutes-merge.md).

Pure: it knows neither the database nor who typed. Source of the method: the three-way file comparison of `diff3`
(Khanna, Kunal and Pierce, « A Formal Investigation of Diff3 », 2007), where two additions at one place are both kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to: `text`, and whether both sides agree (`clean`).

    When they do not, `text` holds both versions of the lines that they dispute, those of `theirs` first: nothing is lost.
    """

    text: str
    clean: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `start:end` of the base become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def adds(self) -> bool:
        return self.start == self.end


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What `base` becomes when `mine` and `theirs` were both made from it."""
    if mine in (base, theirs):
        return Merged(theirs, True)
    if theirs == base:
        return Merged(mine, True)
    lines = base.split("\n") if base else []
    left, right = _changes(lines, mine), _changes(lines, theirs)
    made: list[str] = []
    place, clean = 0, True
    while left or right:
        ours, others = _next(left, right)
        start = min(change.start for change in [*ours, *others])
        end = max(change.end for change in [*ours, *others])
        made += lines[place:start]
        settled, agreed = _settle(lines, start, end, ours, others)
        made += settled
        clean = clean and agreed
        place = end
    return Merged("\n".join(made + lines[place:]), clean)


def _changes(lines: Sequence[str], text: str) -> list[_Change]:
    new = text.split("\n") if text else []
    compared = SequenceMatcher(None, lines, new, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(new[c:d])) for tag, a, b, c, d in compared if tag != "equal"]


def _next(left: list[_Change], right: list[_Change]) -> tuple[list[_Change], list[_Change]]:
    """Take from both lists the first changes that touch the same lines."""
    taken: tuple[list[_Change], list[_Change]] = ([], [])
    first = min((side[0].start, side[0].end, number) for number, side in enumerate((left, right)) if side)[2]
    taken[first].append((left, right)[first].pop(0))
    grew = True
    while grew:
        grew = False
        for number, side in enumerate((left, right)):
            while side and any(_meet(side[0], other) for other in taken[1 - number]):
                taken[number].append(side.pop(0))
                grew = True
    return taken


def _meet(one: _Change, other: _Change) -> bool:
    """Whether both changes speak of the same lines; lines added just before or after those of the other do not."""
    if one.adds and other.adds:
        return one.start == other.start
    if one.adds:
        return other.start < one.start < other.end
    if other.adds:
        return one.start < other.start < one.end
    return one.start < other.end and other.start < one.end


def _settle(
    lines: Sequence[str], start: int, end: int, mine: Sequence[_Change], theirs: Sequence[_Change]
) -> tuple[list[str], bool]:
    left, right = _applied(lines, start, end, mine), _applied(lines, start, end, theirs)
    if left == right or not mine:
        return right, True
    if not theirs:
        return left, True
    if start == end:  # both add here
        if left[: len(right)] == right:
            return left, True
        return (right, True) if right[: len(left)] == left else (right + left, True)
    return right + left, False


def _applied(lines: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> list[str]:
    made: list[str] = []
    place = start
    for change in changes:
        made += [*lines[place : change.start], *change.lines]
        place = change.end
    return made + list(lines[place:end])
