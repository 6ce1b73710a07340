"""What the persons of a run know of their entries: the versions that one of their devices saw acknowledged."""

import threading
from collections import defaultdict
from random import Random

from .entries import Fields

HOT = 4  # entries of a person that all her devices correct again and again


class Journal:
    """Versions of entries by person. After a restore nothing of the life before is known any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._epoch, self._past = "", set[str]()
        self._versions: dict[str, dict[int, Fields]] = {}
        self._of: dict[int, list[str]] = defaultdict(list)

    def learn(self, person: int, entry: str, revision: int, fields: Fields, epoch: str) -> None:
        """An entry stands at `revision` and says `fields`."""
        with self._lock:
            if epoch in self._past:
                return
            if epoch != self._epoch:
                self._past.add(self._epoch)
                self._epoch = epoch
                self._versions.clear()
                self._of.clear()
            if entry not in self._versions:
                self._versions[entry] = {}
                self._of[person].append(entry)
            self._versions[entry][revision] = fields

    def pick(self, person: int, random: Random) -> tuple[str, int, Fields] | None:
        """An entry of this person, mostly at its newest known version; some entries are on everybody's screen."""
        with self._lock:
            mine = self._of[person]
            if not mine:
                return None
            entry = random.choice(mine[:HOT] if random.random() < 0.5 else mine)
            versions = self._versions[entry]
            revision = max(versions) if random.random() < 0.6 else random.choice(sorted(versions))
            return entry, revision, versions[revision]
