"""The primary rules (`tables.disclosure.rules`) applied to the product's own figures: which may not be shown by
themselves, why, and what an attacker must still find possible."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from maillage.programs.models import Program, Term
from maillage.statistics.definitions import PERSONS, TABLES
from maillage.statistics.models import ProtectionPolicy
from maillage.tables.disclosure.rules import (
    COUNT,
    DOMINANCE,
    ORGANIZATIONS,
    WORKERS,
    Cells,
    Primary,
    Thresholds,
    primary,
)

from .cells import Evidence
from .names import ENTRIES, HOURS, OWN, total_of
from .structure import PATTERN

COMPLEMENT, EARLIER = "complement", "earlier"  # hidden for the sake of others; for the sake of what was published
# Sums, and what is only asked of some: a zero there reveals nothing of the persons met.
_NO_ZERO = ("participations", HOURS, "contact_rank")
Verdicts = dict[tuple[int, int], tuple[tuple[str, ...], float, float]]


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds of a programme, and whether its workers and organizations agreed to have their activity read."""

    threshold: int = 5
    sensitive_threshold: int = 10
    smallest_area: int = 40
    consent: bool = False

    def as_json(self) -> dict[str, Any]:
        """As a release keeps it."""
        return {
            "threshold": self.threshold,
            "sensitive_threshold": self.sensitive_threshold,
            "smallest_area": self.smallest_area,
            "consent": self.consent,
        }

    @property
    def thresholds(self) -> Thresholds:
        """As the rules take them. An agreement waives the rules that protect workers and organizations, no other."""
        waived = frozenset({WORKERS, ORGANIZATIONS, DOMINANCE} if self.consent else ())
        return replace(
            Thresholds(),
            count=self.threshold,
            sensitive=max(self.threshold, self.sensitive_threshold),
            area=self.smallest_area,
            waived=waived,
        )


def policy_of(program: Program) -> Policy:
    """The policy in force; the product's own where the programme has none."""
    found = ProtectionPolicy.objects.filter(program=program).first()
    if found is None:
        return Policy()
    return Policy(found.threshold, found.sensitive_threshold, found.smallest_area, bool(found.consent))


def sensitive_stats(program: Program) -> frozenset[str]:
    """What is counted of terms marked sensitive: `themes/violence`, `referral_need_health/addiction`."""
    kinds: dict[str, list[str]] = {}
    for table, definition in TABLES.items():
        kinds.setdefault(str(definition.words), []).append(table)
    lines = Term.objects.filter(frame=program.frame_id, is_sensitive=True).order_by().values_list("vocabulary", "code")
    return frozenset(f"{table}/{code}" for kind, code in lines for table in kinds.get(kind, ()))


def judge(
    stats: Sequence[str], evidence: Evidence, policy: Policy, sensitive: frozenset[str], *, of_areas: bool
) -> Verdicts:
    """By area and figure: why it is unsafe, and the bounds that must stay possible. `of_areas` says whether these are
    the tables of an area, which small areas do not publish; months inside a period are not."""
    values = evidence.values
    rank = {stat: place for place, stat in enumerate(stats)}
    margins = [rank.get(total_of(stat.partition("/")[0]), rank[stat]) for stat in stats]
    margin = values[:, margins]
    exclusive = np.array([_is_exclusive(stat) for stat in stats])[np.newaxis] & np.ones_like(values, dtype=bool)
    alone = exclusive & (values > 0) & (values == margin) & (margin < policy.smallest_area)
    entries = values[:, rank[ENTRIES]]
    met = np.where(entries < policy.threshold, 0, evidence.met)  # few entries are as telling as few persons
    met = np.where((entries > 0) & of_areas, met, np.nan)
    cells = Cells(
        count=values.ravel(),
        sensitive=np.broadcast_to([stat in sensitive for stat in stats], values.shape).ravel(),
        workers=evidence.workers.ravel(),
        organizations=evidence.organizations.ravel(),
        largest=evidence.largest.ravel(),
        population=np.broadcast_to(met[:, np.newaxis], values.shape).ravel(),
        denominator=margin.ravel(),
        exclusive=exclusive.ravel(),
        alone=alone.ravel(),
    )
    return _verdicts(stats, evidence, policy, primary(cells, policy.thresholds))


def _verdicts(stats: Sequence[str], evidence: Evidence, policy: Policy, found: Primary) -> Verdicts:
    """What the rules say, and that a sum which few entries make is as telling as they are."""
    values = evidence.values
    below, above = found.below.reshape(values.shape), found.above.reshape(values.shape)
    unsafe = found.unsafe.reshape(values.shape)
    few = (evidence.base > 0) & (evidence.base < policy.threshold) & (values > 0)
    verdicts: Verdicts = {}
    for line, column in np.argwhere(unsafe | few).tolist():
        if stats[column].startswith(PATTERN):
            continue  # a combination of axes is printed nowhere
        value = float(values[line, column])
        codes = tuple(code for code in found.reasons[line * len(stats) + column] if code != "share")
        low, high = value - float(below[line, column]), value + float(above[line, column])
        if few[line, column]:
            codes = tuple(dict.fromkeys([COUNT, *codes]))
            low, high = 0.0, max(high, float(policy.threshold), value + 1)
        verdicts[line, column] = codes, low, high
    return verdicts


def _is_exclusive(stat: str) -> bool:
    """Whether a unit stands in one line only of the table that the figure is a line of."""
    table = stat.partition("/")[0]
    if "/" not in stat or table in _NO_ZERO or stat.endswith(OWN) or stat.startswith(PATTERN):
        return False
    return table == PERSONS.id or (table in TABLES and not TABLES[table].multiple)
