"""What earlier extracts told of each entry, so that two files side by side tell no more than one."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.statistics.models import Extract
from maillage.tables.disclosure.anonymity import WITHHELD
from maillage.tables.disclosure.classes import Codes, combine, dense

from .entries import Entries

OUTSIDE = 0
"""The trace of an entry that an earlier file does not hold."""


def write(keys: Sequence[int], classes: Codes) -> bytes:
    """The class of each entry that is in the file."""
    given = classes != WITHHELD
    buffer = io.BytesIO()
    np.savez_compressed(buffer, keys=np.asarray(keys, dtype=np.int64)[given], classes=classes[given].astype(np.int32))
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An extract that somebody holds, whose months meet those of the new one: the class of each entry in its file."""

    extract: Extract
    classes: dict[int, int]


def earlier_than(extract: Extract) -> list[Earlier]:
    """The extracts to be held beside `extract`, the oldest first: whatever has become of them since."""
    met = Extract.objects.handed_over().filter(
        program_id=extract.program_id, start__lte=extract.end, end__gte=extract.start
    )
    return [Earlier(one, _read(one)) for one in met.exclude(pk=extract.pk).order_by("decided_at", "pk")]


def _read(extract: Extract) -> dict[int, int]:
    try:
        with np.load(io.BytesIO(bytes(extract.trace)), allow_pickle=False) as held:
            return dict(zip(held["keys"].tolist(), held["classes"].tolist(), strict=True))
    except (EOFError, ValueError, KeyError, OSError, zipfile.BadZipFile) as trouble:
        raise Refused(
            _(
                "On ne sait plus ce que contient l'extrait déjà remis (n° %(number)s) : demandez des dates qui ne le "
                "recoupent pas."
            )
            % {"number": extract.number}
        ) from trouble


@dataclass(frozen=True, slots=True)
class Beside:
    """The entries that may be given (their places), and what earlier files tell of each."""

    kept: list[int]
    fixed: Codes | None


def beside(extract: Extract, entries: Entries, earlier: Sequence[Earlier], alive: set[int]) -> Beside:
    """Which entries may be in the new file. In common months, those that the earlier file gave.

    `alive` are the keys of all the programme's living entries that an earlier file gave. Refused when what the new
    months leave out of the earlier files is a handful of entries: subtracting the files would show them.
    """
    if not earlier:
        return Beside(list(range(len(entries.keys))), None)
    kept, traces = [], []
    for place, (key, day) in enumerate(zip(entries.keys, entries.days, strict=True)):
        own = [one.classes.get(key, OUTSIDE - 1) + 1 for one in earlier]
        common = [one.extract.start <= day <= one.extract.end for one in earlier]
        if all(trace != OUTSIDE or not inside for trace, inside in zip(own, common, strict=True)):
            kept.append(place)
            traces.append(own)
    _require_no_handful(extract, earlier, alive - {entries.keys[place] for place in kept})
    columns = [np.array(column, dtype=np.int64) for column in zip(*traces, strict=True)]
    return Beside(kept, dense(combine(columns, len(kept))) if kept else np.zeros(0, dtype=np.int64))


def _require_no_handful(extract: Extract, earlier: Sequence[Earlier], absent: set[int]) -> None:
    """The entries of earlier files that the new one lacks are none, or a crowd, in each class of those files."""
    rows: dict[tuple[int, ...], int] = {}
    for key in absent:
        trace = tuple(one.classes.get(key, -1) for one in earlier)
        rows[trace] = rows.get(trace, 0) + 1
    k = max(extract.k, *(one.extract.k for one in earlier))
    if any(count < k for count in rows.values()):
        raise Refused(
            _(
                "Cette période découpe celle de l'extrait déjà remis (n° %(numbers)s) : en soustrayant les deux fichiers, "
                "on isolerait quelques interventions. Demandez exactement les mêmes dates, ou des dates qui ne se "
                "recoupent pas."
            )
            % {"numbers": ", ".join(str(one.extract.number) for one in earlier)}
        )
