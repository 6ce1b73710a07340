"""Linkage: a thousand people known by where and when they were met are looked for in an extract."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from maillage.journal.models import Entry
from maillage.statistics.extraction import SENSITIVE, making, rows_of
from maillage.statistics.services import extracts
from maillage.tables.disclosure.anonymity import Anonymized
from tests.statistics.crowd import Crowd, make_crowd

pytestmark = pytest.mark.django_db
FIELDS = ["period", "mrc", "tenure", "nature", "contact_place", "role", *SENSITIVE]
Row = dict[str, str]


@pytest.fixture
def crowd() -> Crowd:
    return make_crowd(1_000)


def taken(crowd: Crowd) -> list[Row]:
    """The rows that a researcher was handed over."""
    return rows_of(extracts.hand_over(actor=crowd.researcher, extract=crowd.made(k=5, fields=FIELDS)))


def neighbour_knows(entry: Entry) -> Row:
    """What somebody of the building may know of a visit, without having been there."""
    return {
        "period": f"{entry.date:%Y-%m}",
        "mrc": entry.mrc.code if entry.mrc else "",
        "tenure": entry.tenure,
        "nature": entry.nature,
        "contact_place": entry.contact_place.code if entry.contact_place else "",
        "role": entry.worker.role,
    }


def fits(told: str, known: str, trait: str) -> bool:
    """Whether what a row says may be what is known: the same, or a generalisation of it."""
    if trait == "period":
        month = int(known[5:])
        return told in (known, f"{known[:4]}-Q{(month + 2) // 3}", known[:4])
    return told == known or (trait == "tenure" and told != "omh" and known != "omh")


def candidates(rows: Sequence[Row], known: Row) -> list[Row]:
    """The rows that may be about a person. A trait that the file does not hold says nothing."""
    traits = [trait for trait in known if trait in rows[0]]
    return [row for row in rows if all(fits(row[trait], known[trait], trait) for trait in traits)]


def link(crowd: Crowd, rows: Sequence[Row]) -> tuple[int, int, float]:
    """How many people are found; how many have a sensitive trait that all their rows tell; the fewest rows of one."""
    by_traits: dict[Any, list[Row]] = defaultdict(list)
    found = told = 0
    fewest = float("inf")
    sensitive = [name for name in rows[0] if name.partition("_")[0] in ("theme", "need", "destination")]
    for entry in Entry.objects.filter(pk__in=crowd.entries).select_related("mrc", "contact_place", "worker"):
        known = neighbour_knows(entry)
        key = tuple(known.items())
        if key not in by_traits:
            by_traits[key] = candidates(rows, known)
        mine = by_traits[key]
        if mine:
            fewest = min(fewest, len(mine))
            found += len(mine) == 1
            told += any(all(row[name] == "1" for row in mine) for name in sensitive)
    return found, told, fewest


def not_generalised(traits: Sequence[Any], *_sensitive: Any, **_asked: Any) -> Anonymized:
    """An unprotected build: rows without names, and nothing more."""
    _, classes = np.unique(np.array([trait.values for trait in traits]), axis=1, return_inverse=True)
    nothing = (0.0,) * len(traits)
    smallest = int(np.bincount(classes.ravel()).min())
    return Anonymized((0,) * len(traits), classes.ravel(), smallest, 0, nothing, nothing, 0, 0)


def test_a_thousand_people_are_looked_for_in_an_extract(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    found, told, fewest = link(crowd, taken(crowd))
    assert (found, told) == (0, 0)
    assert fewest >= 5
    monkeypatch.setattr(making, "anonymize", not_generalised)
    other = make_crowd(1_000, seed=8)
    found, told, fewest = link(other, taken(other))
    assert found > 100
    assert told > 100
    assert fewest == 1
