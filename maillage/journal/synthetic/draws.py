"""Entries drawn at random by whole columns: the same seed gives the same journal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.programs.enums import VocabularyKind

from .setting import Pool, Setting

Ints = NDArray[np.int64]

# How many codes of each vocabulary an entry bears: chances of 0, 1, 2 and 3.
HOW_MANY = {
    VocabularyKind.ACTION: (0.02, 0.60, 0.28, 0.10),
    VocabularyKind.GROUP: (0.03, 0.67, 0.25, 0.05),
    VocabularyKind.THEME: (0.05, 0.50, 0.30, 0.15),
    VocabularyKind.AXIS: (0.05, 0.55, 0.30, 0.10),
    VocabularyKind.SUCCESS: (0.88, 0.10, 0.02, 0.0),
}


@dataclass(slots=True)
class Draw:
    """A chunk of entries, by column; identifiers of entries count from 0."""

    columns: dict[str, NDArray[np.generic]]
    entry_terms: tuple[Ints, Ints]
    referrals: dict[str, Ints]


def draw(setting: Setting, random: np.random.Generator, size: int) -> Draw:
    """`size` entries with their codes and referrals."""
    site = setting.sites.draw(random, size)
    nowhere = random.random(size) < 0.04
    usual = (site * 7919) % len(setting.workers.ids)
    worker = np.where(random.random(size) < 0.8, usual, setting.workers.draw(random, size))
    collective = random.random(size) < 0.45
    persons = np.where(collective, np.minimum(3 + random.lognormal(1.9, 0.8, size), 120), _few(random, size)).astype(
        int
    )
    referred = np.where(~collective & (random.random(size) < 0.21), 1 + (random.random(size) < 0.12), 0)
    referred = np.minimum(referred, persons)
    held = np.where(collective & (random.random(size) < 0.8), persons, -1)
    outreach = setting.is_outreach[worker]
    rank = np.where(random.random(size) < 0.3, "first", "returning")
    columns: dict[str, NDArray[np.generic]] = {
        "worker_id": setting.workers.ids[worker],
        "day": setting.days[Pool(setting.days, setting.day_weights).draw(random, size)],
        "site_id": np.where(nowhere, -1, setting.sites.ids[site]),
        "mrc_id": setting.site_mrc[site],
        "tenure": np.where(nowhere, "other", setting.site_tenure[site]),
        "nature": np.where(collective, "collective", "individual"),
        "collective_kind_id": np.where(collective, _one(setting, VocabularyKind.COLLECTIVE_KIND, random, size), -1),
        "contact_place_id": _one(setting, VocabularyKind.CONTACT_PLACE, random, size),
        "contact_rank": np.where(outreach & ~collective, rank, ""),
        "persons": persons,
        "persons_referred": referred,
        "participants": held,
        "participations": np.where(held >= 0, held * (1 + (random.random(size) < 0.2)), -1),
        "minutes": 5 * (1 + random.poisson(np.where(collective, 18, 7))),
    }
    return Draw(columns, _several(setting, random, size), _referrals(setting, random, referred))


def _few(random: np.random.Generator, size: int) -> Ints:
    return 1 + random.geometric(0.72, size).clip(max=6) - 1


def _one(setting: Setting, kind: VocabularyKind, random: np.random.Generator, size: int) -> Ints:
    pool = setting.terms[kind]
    return pool.ids[pool.draw(random, size)]


def _several(setting: Setting, random: np.random.Generator, size: int) -> tuple[Ints, Ints]:
    """Pairs (entry, term): for each entry the first codes of an order drawn by weight (exponential clocks)."""
    entries, terms = [], []
    for kind, chances in HOW_MANY.items():
        pool = setting.terms[kind]
        wanted = np.searchsorted(np.cumsum(chances), random.random(size)).clip(max=min(3, len(pool.ids)))
        clocks = random.exponential(size=(size, len(pool.ids))) / pool.weights
        order = np.argsort(clocks, axis=1)[:, :3]
        for rank in range(min(3, len(pool.ids))):
            bearing = np.flatnonzero(wanted > rank)
            entries.append(bearing)
            terms.append(pool.ids[order[bearing, rank]])
    entry, term = np.concatenate(entries), np.concatenate(terms)
    sorting = np.lexsort((term, entry))
    return entry[sorting], term[sorting]


def _referrals(setting: Setting, random: np.random.Generator, referred: Ints) -> dict[str, Ints]:
    """One referral for each person referred, sometimes two."""
    entry = np.repeat(np.arange(len(referred)), referred + ((referred > 0) & (random.random(len(referred)) < 0.15)))
    size = len(entry)
    pool = setting.terms[VocabularyKind.DESTINATION]
    destination = pool.draw(random, size)
    need = np.zeros(size, dtype=np.int64)
    for rank, code in enumerate(setting.destinations):
        needs = setting.needs_of.get(code, setting.needs_of[""])
        here = destination == rank
        need[here] = needs.ids[needs.draw(random, int(here.sum()))]
    kind = _one(setting, VocabularyKind.REFERRAL_KIND, random, size)
    return {
        "entry_id": entry,
        "destination_id": pool.ids[destination],
        "need_id": need,
        "kind_id": kind,
        "persons": np.ones(size, dtype=np.int64),
    }
