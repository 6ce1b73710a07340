"""A reference as plain as can be: facts as dictionaries, counted one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from maillage.tables.engine import (
    MONTH,
    AtLeast,
    Child,
    ChildBatch,
    CrossTab,
    Days,
    Dimension,
    FactBatch,
    FactSchema,
    Links,
    Numbered,
    OneOf,
)

SCHEMA = FactSchema(
    name="visit",
    dimensions=(
        Dimension("program"),
        Dimension("area"),
        Dimension("kind"),
        Dimension("topic", multiple=True),
        Dimension("tag", multiple=True),
    ),
    measures=("persons", "minutes"),
    children=(Child("referral", (Dimension("destination"), Dimension("need")), ("persons",)),),
    order=("program", "area"),
)


@dataclass
class Visit:
    key: int
    day: date
    program: str | None = None
    area: str | None = None
    kind: str | None = None
    topic: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    persons: int | None = None
    minutes: int | None = None
    referrals: list[dict[str, Any]] = field(default_factory=list)


def batch(visits: Sequence[Visit]) -> FactBatch:
    """The visits as the engine takes them."""
    owned = [(visit.key, referral) for visit in visits for referral in visit.referrals]
    return FactBatch(
        keys=[v.key for v in visits],
        days=[v.day for v in visits],
        dimensions={d.name: [getattr(v, d.name) for v in visits] for d in SCHEMA.single},
        multiple={d.name: [getattr(v, d.name) for v in visits] for d in SCHEMA.multiple},
        measures={m: [getattr(v, m) for v in visits] for m in SCHEMA.measures},
        children={
            "referral": ChildBatch(
                parents=[key for key, _ in owned],
                dimensions={name: [r.get(name) for _, r in owned] for name in ("destination", "need")},
                measures={"persons": [r.get("persons") for _, r in owned]},
            )
        },
    )


def in_numpy(made: FactBatch) -> FactBatch:
    """The same batch as the engine takes it where there are millions: numbers of the caller's own, which mean nothing."""

    def numbered(column: Any) -> Numbered:
        codes = {9 + 7 * rank: code for rank, code in enumerate(sorted({c for c in column if c is not None}))}
        numbers = {code: number for number, code in codes.items()}
        return Numbered(np.array([numbers.get(code, -4) for code in column], dtype=np.int64), codes)

    def links(column: Any) -> Links:
        pairs = [(row, code) for row, held in enumerate(column) for code in held]
        flat = numbered([code for _row, code in pairs])
        return Links(np.array([row for row, _code in pairs], dtype=np.int64), flat.numbers, flat.codes)

    def whole(column: Any) -> Any:
        return np.array([value or 0 for value in column], dtype=np.int64)

    owned = made.children["referral"]
    return FactBatch(
        keys=whole(made.keys),
        days=np.array([(day - date(1970, 1, 1)).days for day in made.days], dtype=np.int64),
        dimensions={name: numbered(column) for name, column in made.dimensions.items()},
        multiple={name: links(column) for name, column in made.multiple.items()},
        measures={name: whole(column) for name, column in made.measures.items()},
        children={
            "referral": ChildBatch(
                parents=whole(owned.parents),
                dimensions={name: numbered(column) for name, column in owned.dimensions.items()},
                measures={name: whole(column) for name, column in owned.measures.items()},
            )
        },
    )


def bears(unit: Any, name: str, codes: Iterable[str]) -> bool:
    """Whether a visit or a referral bears one of `codes`; "" stands for none at all."""
    if name == MONTH:
        held: set[str] = {f"{unit.day:%Y-%m}"}
    else:
        value = unit.get(name) if isinstance(unit, dict) else getattr(unit, name)
        held = set(value) if isinstance(value, tuple) else ({value} if value is not None else set())
    return bool(held & set(codes)) or ("" in set(codes) and not held)


def meets(visit: Visit, condition: Any) -> bool:
    """Whether a visit meets a condition of the question."""
    match condition:
        case Days(start, end):
            return start <= visit.day <= end
        case AtLeast(measure, value):
            return (getattr(visit, measure) or 0) >= value
        case OneOf(name, codes) if "." in name:
            return any(bears(r, name.split(".")[1], codes) for r in visit.referrals)
    return bears(visit, condition.dimension, condition.codes)


def units(visits: Iterable[Visit], tab: CrossTab, where: Sequence[Any]) -> list[Any]:
    """What the table counts: visits, or their referrals."""
    kept = [visit for visit in visits if all(meets(visit, condition) for condition in where)]
    found = [r for visit in kept for r in visit.referrals] if tab.child else kept
    return [unit for unit in found if all(bears(unit, c.dimension, c.codes) for c in tab.where)]


def amount(unit: Any, measure: str) -> int:
    """What a visit or referral adds to a figure."""
    if measure == "count":
        return 1
    return (unit.get(measure) if isinstance(unit, dict) else getattr(unit, measure)) or 0
