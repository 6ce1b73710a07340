"""What each journal adds up to.

The shares of `SECOND` round to every figure that source 001 published; they are not round numbers, as those of a
real journal would not be. Shares inside a destination are of that destination's referrals. The figures of the other
two journals are invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Totals of a journal: number of entries, weight of each year, and shares."""

    seed: int
    entries: int
    years: tuple[float, ...]
    tenure: Shares
    individual: float
    youth_family: float
    referred: float
    destination: Shares
    needs: Mapping[str, Shares]
    collective_kind: Shares


SECOND = Figures(
    seed=2013,
    entries=10_437,
    years=(0.185, 0.245, 0.278, 0.292),
    tenure={"omh": 0.852, "obnl": 0.0707, "coop": 0.0381, "other": 0.0392},
    individual=0.5513,
    youth_family=0.7968,
    referred=0.2017,
    destination={
        "health": 0.4585,
        "community": 0.3519,
        "housing_office": 0.0702,
        "education": 0.0371,
        "government": 0.0344,
        "municipal": 0.0218,
        "other": 0.0261,
    },
    needs={
        "health": {
            "mental_health": 0.3107,
            "senior_autonomy": 0.2012,
            "youth_services": 0.1713,
            "physical_health": 0.1296,
            "home_support": 0.0964,
            "addiction": 0.0571,
            "violence": 0.0337,
        },
        "community": {
            "food": 0.3391,
            "budget": 0.1822,
            "social_life": 0.1538,
            "parenting": 0.1187,
            "furniture": 0.0913,
            "transport": 0.0642,
            "employment": 0.0507,
        },
        "": {"housing": 0.46, "income": 0.24, "employment": 0.12, "transport": 0.08, "other": 0.10},
    },
    collective_kind={"group_project": 0.6612, "tenant_association": 0.1489, "other": 0.1899},
)

FIRST = replace(
    SECOND,
    seed=2008,
    entries=2_064,
    years=(0.11, 0.18, 0.22, 0.24, 0.25),
    tenure={"omh": 0.962, "other": 0.038},
    individual=0.628,
    youth_family=0.344,
    referred=0.158,
    collective_kind={"group_project": 0.571, "tenant_association": 0.226, "other": 0.203},
)

CURRENT = replace(
    SECOND,
    seed=2026,
    entries=1_286,
    years=(0.5, 0.5),
    tenure={"omh": 0.784, "obnl": 0.114, "coop": 0.062, "other": 0.04},
    individual=0.517,
    youth_family=0.688,
    referred=0.236,
)
