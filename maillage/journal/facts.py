"""The rows that the journal offers to statistics: one for each living entry, with its referrals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from maillage.programs.enums import VocabularyKind
from maillage.tables.disclosure.cell_keys import fingerprint, record_keys
from maillage.tables.engine import Child, ChildBatch, Dimension, FactBatch, FactSchema, FactSource

from .enums import STREAM
from .models import Entry, EntryTerm, Referral

BATCH = 20_000

# Dimension of the fact → where its code stands in an entry. Sites, workers and programmes are coded by number.
_SINGLE = {
    "program": "program_id",
    "mrc": "mrc__code",
    "municipality": "site__municipality__code",
    "site": "site_id",
    "worker": "worker_id",
    "role": "worker__role",
    "tenure": "tenure",
    "nature": "nature",
    "collective_kind": "collective_kind__code",
    "contact_place": "contact_place__code",
    "contact_rank": "contact_rank",
    "contact_initiative": "contact_initiative",
}
_MULTIPLE = {
    "action": VocabularyKind.ACTION,
    "group": VocabularyKind.GROUP,
    "theme": VocabularyKind.THEME,
    "axis": VocabularyKind.AXIS,
    "success": VocabularyKind.SUCCESS,
}
REFERRED = "referred"  # « 1 » where somebody was
_MEASURES = ("persons", "persons_referred", "participants", "participations", "minutes")
# Keys from which protected figures are drawn (docs/explanation/algorithms/live-protection.md): of the entry, of the referral.
RECORD_KEY = "record_key"
_REFERRAL = {"destination": "destination__code", "need": "need__code", "kind": "kind__code"}

SCHEMA = FactSchema(
    name="journal_entry",
    dimensions=(
        *(Dimension(name) for name in (*_SINGLE, REFERRED)),
        *(Dimension(name, multiple=True) for name in _MULTIPLE),
    ),
    measures=(*_MEASURES, RECORD_KEY),
    children=(Child("referral", tuple(Dimension(name) for name in _REFERRAL), ("persons", RECORD_KEY)),),
    order=("program", "mrc"),
)


def read(keys: Sequence[int] | None) -> Iterator[FactBatch]:
    """Living entries as facts: all of them, or those of `keys`."""
    if keys is not None:
        for start in range(0, len(keys), 500):
            yield _batch({"entry__in": list(keys[start : start + 500])}, {"pk__in": keys[start : start + 500]})
        return
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, BATCH):
        yield _batch(
            {"entry__gte": start, "entry__lt": start + BATCH},
            {"pk__gte": start, "pk__lt": start + BATCH},
        )


def _batch(of_entry: dict[str, Any], of_key: dict[str, Any]) -> FactBatch:
    rows = list(
        Entry.objects.alive()
        .filter(**of_key)
        .order_by()
        .values_list("pk", "date", *_SINGLE.values(), *_MEASURES, "uid")
    )
    if not rows:
        return FactBatch(
            dimensions={name: [] for name in (*_SINGLE, REFERRED)},
            multiple={name: [] for name in _MULTIPLE},
            measures={name: [] for name in (*_MEASURES, RECORD_KEY)},
        )
    columns = [list(column) for column in zip(*rows, strict=True)]
    singles = {name: _as_codes(columns[2 + i]) for i, name in enumerate(_SINGLE)}
    measures = {name: columns[2 + len(_SINGLE) + i] for i, name in enumerate(_MEASURES)}
    keys, uids = columns[0], columns[-1]
    singles[REFERRED] = ["1" if persons else None for persons in measures["persons_referred"]]
    measures[RECORD_KEY] = record_keys(_secret(), (uid.bytes for uid in uids))
    return FactBatch(
        keys=keys,
        days=columns[1],
        dimensions=singles,
        multiple=_terms(keys, of_entry),
        measures=measures,
        children={"referral": _referrals(dict(zip(keys, uids, strict=True)), of_entry)},
    )


def _as_codes(column: list[Any]) -> list[str | None]:
    return [None if value in (None, "") else str(value) for value in column]


def _terms(keys: list[int], of_entry: dict[str, Any]) -> dict[str, list[Sequence[str]]]:
    """For each dimension with several codes, the codes of each entry."""
    rank = {key: i for i, key in enumerate(keys)}
    found: dict[str, list[Any]] = {name: [()] * len(keys) for name in _MULTIPLE}
    by_kind = {str(kind): found[name] for name, kind in _MULTIPLE.items()}
    lines = EntryTerm.objects.filter(**of_entry).order_by().values_list("entry_id", "term__vocabulary", "term__code")
    for entry, vocabulary, code in lines:
        column = by_kind.get(vocabulary)
        row = rank.get(entry)
        if column is not None and row is not None:
            column[row] = (*column[row], code)
    return found


def _referrals(uids: Mapping[int, UUID], of_entry: dict[str, Any]) -> ChildBatch:
    lines = Referral.objects.filter(**of_entry).order_by("entry_id", "pk")
    kept = [line for line in lines.values_list("entry_id", *_REFERRAL.values(), "persons") if line[0] in uids]
    columns: list[list[Any]] = [list(column) for column in zip(*kept, strict=True)] or [[] for _ in range(5)]
    return ChildBatch(
        parents=columns[0],
        dimensions={name: columns[1 + i] for i, name in enumerate(_REFERRAL)},
        measures={"persons": columns[4], RECORD_KEY: record_keys(_secret(), _names(columns[0], uids))},
    )


def _names(entries: Sequence[int], uids: Mapping[int, UUID]) -> Iterator[bytes]:
    """What each referral is called for ever: its entry, and its rank in it."""
    before, rank = 0, 0
    for entry in entries:
        before, rank = entry, rank + 1 if entry == before else 1
        yield uids[entry].bytes + rank.to_bytes(4)


def _secret() -> bytes:
    return str(settings.DISCLOSURE_KEY).encode()


def _seal() -> str:
    """Changes with the secret from which keys are made."""
    return fingerprint(_secret())


SOURCES = (FactSource(SCHEMA, STREAM, read, _seal),)
