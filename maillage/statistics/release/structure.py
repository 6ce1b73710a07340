"""What everybody knows of a portrait's figures before reading them: which add up to which, which are within which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from maillage.statistics.portrait import Portrait, Table

from .names import (
    AS_THEY_ARE,
    AXES,
    COLLECTIVE,
    COMMUNITY,
    CROSSING,
    ENTRIES,
    HEALTH,
    MONTHLY,
    OWN,
    REFERRALS,
    TERRITORY,
    roots_of,
    stat_of,
    total_of,
)

EXACT_AXES = 5  # up to so many axes, each combination of axes is a figure of its own
PATTERN = "axes_only/"  # before a combination of axes: entries that bear these axes and no other


@dataclass(frozen=True, slots=True)
class Rule:
    """`sum(coefficient × stat)` is 0, or is not negative when not `equal`, in any period and area."""

    terms: tuple[tuple[str, int], ...]
    equal: bool = True


def _sum(total: str, parts: Iterable[str]) -> Rule:
    return Rule(((total, 1), *((part, -1) for part in parts)))


def _within(whole: str, *parts: str) -> Rule:
    return Rule(((whole, 1), *((part, -1) for part in parts)), equal=False)


def rules_of(portrait: Portrait) -> list[Rule]:
    """The rules that hold between the figures of one portrait, read off the form of its tables alone."""
    found: list[Rule] = []
    for table in portrait.tables:
        if table.id in AS_THEY_ARE or table.id in (TERRITORY, MONTHLY):
            continue
        if table.id == CROSSING:
            found += _crossing(table)
        elif table.multiple:
            found += _several(table)
        else:
            found += _exclusive(table)
    known = {stat for rule in found for stat, _ in rule.terms} | {
        total_of(table.id) for table in portrait.tables if table.id not in AS_THEY_ARE
    }
    for whole, parts in ((ENTRIES, (COLLECTIVE,)), (ENTRIES, ("contact_rank",)), (REFERRALS, (HEALTH, COMMUNITY))):
        inside = [part for part in parts if part in known]
        if whole in known and inside:
            found.append(_within(whole, *inside))
    return list(dict.fromkeys(found))


def families(table: Table) -> list[tuple[str, list[str]]]:
    """Each root row of the table with its parts."""
    found: list[tuple[str, list[str]]] = []
    for row in table.rows:
        if row.depth and found:
            found[-1][1].append(row.code)
        else:
            found.append((row.code, []))
    return found


def _exclusive(table: Table) -> list[Rule]:
    """A unit stands in one row: roots add up to the total, and a root is its parts and what bears it alone."""
    found = [_sum(total_of(table.id), [stat_of(table.id, root) for root, _ in families(table)])]
    for root, parts in families(table):
        if parts:
            whole = stat_of(table.id, root)
            found.append(_sum(whole, [*(stat_of(table.id, part) for part in parts), whole + OWN]))
    return found


def _several(table: Table) -> list[Rule]:
    """A unit can stand in several rows: each root is within the total, each part within its root."""
    found = []
    for root, parts in families(table):
        whole = stat_of(table.id, root)
        found.append(_within(total_of(table.id), whole))
        found += [_within(whole, stat_of(table.id, part)) for part in parts]
    return found


def _crossing(table: Table) -> list[Rule]:
    axes, roots = [row.code for row in table.rows], roots_of(table)
    if not axes:
        return []
    if not roots:
        return _by_patterns(axes) if len(axes) <= EXACT_AXES else _by_inequalities(axes)
    found = _by_inequalities([axis for axis in axes if axis not in roots])
    for row in axes:
        found += [
            _within(f"{AXES}/{row}", stat_of(CROSSING, row, column, roots))
            for column in axes
            if row in roots or column in roots
        ]
    return found


def patterns(axes: Sequence[str]) -> list[tuple[str, ...]]:
    """All combinations of axes, from none to all."""
    return [chosen for size in range(len(axes) + 1) for chosen in combinations(sorted(axes), size)]


def _by_patterns(axes: Sequence[str]) -> list[Rule]:
    """The exact model: every published figure is a sum of disjoint combinations of axes, of which none is negative."""
    every = patterns(axes)
    found = [_sum(ENTRIES, [PATTERN + "+".join(chosen) for chosen in every])]
    for size in (1, 2):
        for wanted in combinations(sorted(axes), size):
            inside = [PATTERN + "+".join(chosen) for chosen in every if set(wanted) <= set(chosen)]
            found.append(_sum(f"{AXES}/{'+'.join(wanted)}", inside))
    return found


def _by_inequalities(axes: Sequence[str]) -> list[Rule]:
    """Fréchet's and Bonferroni's bounds on pairs and triples."""
    one = {axis: f"{AXES}/{axis}" for axis in axes}
    two = {frozenset(pair): f"{AXES}/{'+'.join(sorted(pair))}" for pair in combinations(axes, 2)}
    found = []
    for first, second in combinations(axes, 2):
        both = two[frozenset((first, second))]
        found += [_within(one[first], both), _within(one[second], both)]
        found.append(Rule(((ENTRIES, 1), (one[first], -1), (one[second], -1), (both, 1)), equal=False))
    for triple in combinations(axes, 3):
        pairs = [two[frozenset(pair)] for pair in combinations(triple, 2)]
        found.append(
            Rule(
                ((ENTRIES, 1), *((one[axis], -1) for axis in triple), *((pair, 1) for pair in pairs)),
                equal=False,
            )
        )
        for axis in triple:
            mine = [two[frozenset((axis, other))] for other in triple if other != axis]
            others = two[frozenset(other for other in triple if other != axis)]
            found.append(Rule(((one[axis], 1), (mine[0], -1), (mine[1], -1), (others, 1)), equal=False))
    return found


def stats_of(portrait: Portrait, rules: Iterable[Rule]) -> list[str]:
    """All that is counted in one area: what the tables print, and what their rules speak of."""
    found: dict[str, None] = {}
    for table in portrait.tables:
        if table.id in AS_THEY_ARE:
            continue
        found[total_of(table.id)] = None
        if table.id in (TERRITORY, MONTHLY):
            continue
        roots = roots_of(table)
        for row in table.rows:
            found[stat_of(table.id, row.code)] = None
            found |= {stat_of(table.id, row.code, column.code, roots): None for column in table.columns}
    found |= {stat: None for rule in rules for stat, _ in rule.terms}
    return list(found)
