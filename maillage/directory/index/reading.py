"""What a search reads of the index, a few rows whatever the number of services, laid out in columns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.directory.models import SearchPosting, SearchShelf

from .hours import open_offsets
from .packed import BLOCK, SHELVES, postings

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Places = NDArray[np.int64]
EARTH_KM = 6371.0
AT_ONCE = 400  # keys read by a query
NOWHERE = np.float32(np.inf)


class Shelves:
    """The services by columns: a place for every number of each block, empty or not."""

    def __init__(self, wanted: Iterable[str]) -> None:
        columns = ("facts", *wanted)
        rows = SearchShelf.objects.order_by("block").values_list("block", *columns)
        self._bodies: dict[str, list[tuple[int, NDArray[np.void]]]] = {name: [] for name in columns}
        self.blocks: list[int] = []
        for rank, (block, *bodies) in enumerate(rows):
            self.blocks.append(block)
            for name, body in zip(columns, bodies, strict=True):
                self._bodies[name].append((rank * BLOCK, np.frombuffer(body, SHELVES[name])))
        self.rank = {block: rank for rank, block in enumerate(self.blocks)}
        self.size = len(self.blocks) * BLOCK
        self.flags, self.quality, self.checked = (np.zeros(self.size, kind) for kind in ("u1", "u1", "u2"))
        for base, facts in self._bodies["facts"]:
            where = base + facts["offset"].astype(np.int64)
            self.flags[where], self.quality[where], self.checked[where] = (
                facts["flags"],
                facts["quality"],
                facts["checked"],
            )

    def number(self, place: int) -> int:
        """The number of the service that stands at a place."""
        return self.blocks[place // BLOCK] * BLOCK + place % BLOCK

    def place(self, number: int) -> int:
        """The place of a service."""
        return self.rank[number // BLOCK] * BLOCK + number % BLOCK

    def distances(self, latitude: float, longitude: float) -> Floats:
        """Kilometres from a point to the nearest place of each service; infinite where there is none."""
        found = np.full(self.size, NOWHERE, np.float32)
        here, there = np.radians(latitude), np.radians(longitude)
        for base, points in self._bodies["points"]:
            lat, lon = np.radians(points["latitude"]), np.radians(points["longitude"])
            half = np.sin((lat - here) / 2) ** 2 + np.cos(here) * np.cos(lat) * np.sin((lon - there) / 2) ** 2
            km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))
            np.minimum.at(found, base + points["offset"].astype(np.int64), km.astype(np.float32))
        return found

    def opened(self, at: datetime) -> tuple[Bools, NDArray[np.int64]]:
        """What is open at `at` by weekly hours; the places of services that only full rules can tell."""
        opened, ruled = np.zeros(self.size, np.bool_), []
        for base, hours in self._bodies["hours"]:
            now, others = open_offsets(hours, at)
            opened[base + now.astype(np.int64)] = True
            ruled.append(base + others.astype(np.int64))
        return opened, np.concatenate(ruled) if ruled else np.zeros(0, np.int64)

    def names(self) -> NDArray[np.bytes_]:
        """The folded beginning of each name."""
        found = np.zeros(self.size, "S32")
        for block, body in SearchShelf.objects.order_by("block").values_list("block", "names"):
            if block in self.rank:
                names = np.frombuffer(body, SHELVES["names"])
                found[self.rank[block] * BLOCK + names["offset"].astype(np.int64)] = names["name"]
        return found


class Postings:
    """The services of some keys."""

    def __init__(self, keys: Iterable[str], shelves: Shelves) -> None:
        self.shelves = shelves
        self._held: dict[str, list[tuple[int, Any]]] = {}
        wanted = sorted(set(keys))
        for start in range(0, len(wanted), AT_ONCE):
            rows = SearchPosting.objects.filter(key__in=wanted[start : start + AT_ONCE]).order_by("key", "block")
            for key, block, body in rows.values_list("key", "block", "body"):
                if block in shelves.rank:
                    self._held.setdefault(key, []).append((shelves.rank[block] * BLOCK, body))

    def weigh(self, sure: dict[str, float]) -> Floats:
        """For each service the best weight (0 to 1) of these keys, each multiplied by how sure it is."""
        found = np.zeros(self.shelves.size, np.float32)
        for key, factor in sorted(sure.items(), key=lambda pair: (pair[1], pair[0])):
            for base, body in self._held.get(key, ()):
                offsets, weights = postings(body)
                part = found[base : base + BLOCK]
                part[offsets] = np.maximum(part[offsets], weights * np.float32(factor / 255))
        return found

    def any_of(self, keys: Iterable[str]) -> Bools:
        """The services of at least one of the keys."""
        found = np.zeros(self.shelves.size, np.bool_)
        for key in keys:
            for base, body in self._held.get(key, ()):
                found[base : base + BLOCK][postings(body)[0]] = True
        return found
