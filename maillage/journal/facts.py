"""The rows that the journal offers to statistics: one for each living entry, with its referrals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Case, IntegerField, Model, Value, When
from numpy.typing import NDArray

from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Membership, Term
from maillage.tables.disclosure.cell_keys import fingerprint, record_keys
from maillage.tables.engine import Child, ChildBatch, Dimension, FactBatch, FactSchema, FactSource, Links, Numbered
from maillage.territories.enums import Tenure
from maillage.territories.models import Division, HousingSite

from . import columns
from .enums import STREAM, ContactInitiative, ContactRank, Nature
from .models import Entry, EntryTerm, Referral

Ints = NDArray[np.int64]

BATCH = 20_000  # entries read at once
KEYS = 500

# Dimension of the fact → where its code stands: a number that is its own code, a row that has it, or a choice.
_NUMBERS = {"program": "program_id", "site": "site_id", "worker": "worker_id"}
_OF_ROWS: dict[str, tuple[str, type[Model], str]] = {
    "mrc": ("mrc_id", Division, "code"),
    "municipality": ("site_id", HousingSite, "municipality__code"),
    "role": ("worker_id", Membership, "role"),
    "collective_kind": ("collective_kind_id", Term, "code"),
    "contact_place": ("contact_place_id", Term, "code"),
}
_CHOICES = {
    "tenure": Tenure.values,
    "nature": Nature.values,
    "contact_rank": ContactRank.values,
    "contact_initiative": ContactInitiative.values,
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
_REFERRAL = {"destination": "destination_id", "need": "need_id", "kind": "kind_id"}

SCHEMA = FactSchema(
    name="journal_entry",
    dimensions=(
        *(Dimension(name) for name in (*_NUMBERS, *_OF_ROWS, *_CHOICES, REFERRED)),
        *(Dimension(name, multiple=True) for name in _MULTIPLE),
    ),
    measures=(*_MEASURES, RECORD_KEY),
    children=(Child("referral", tuple(Dimension(name) for name in _REFERRAL), ("persons", RECORD_KEY)),),
    order=("program", "mrc"),
)


def read(keys: Sequence[int] | None) -> Iterator[FactBatch]:
    """Living entries as facts: all of them, or those of `keys`."""
    words = _Words()
    if keys is not None:
        for start in range(0, len(keys), KEYS):
            some = list(keys[start : start + KEYS])
            yield _batch({"pk__in": some}, {"entry__in": some}, words)
        return
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, BATCH):
        end = start + BATCH
        yield _batch({"pk__gte": start, "pk__lt": end}, {"entry__gte": start, "entry__lt": end}, words)


class _Words:
    """What rows of other tables say, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[Model], str], dict[int, str]] = {}

    def of(self, model: type[Model], field: str, numbers: Ints) -> Mapping[int, str]:
        """By number, `field` of the rows `numbers` of `model`; 0 is no row."""
        known = self._known.setdefault((model, field), {})
        lacking = set(np.unique(numbers).tolist()) - {0} - known.keys()
        if lacking:
            found = model._default_manager.filter(pk__in=lacking).order_by().values_list("pk", field)
            known |= {pk: word or "" for pk, word in found}
        return {pk: word for pk, word in known.items() if word}

    def terms(self, numbers: Ints, vocabulary: str) -> Mapping[int, str]:
        """By number, the codes of the terms `numbers` that are of this vocabulary."""
        vocabularies = self.of(Term, "vocabulary", numbers)
        return {pk: code for pk, code in self.of(Term, "code", numbers).items() if vocabularies.get(pk) == vocabulary}


def _batch(of_key: dict[str, Any], of_entry: dict[str, Any], words: _Words) -> FactBatch:
    choices = {
        f"{name}_rank": Case(
            *(When(**{name: value}, then=Value(rank)) for rank, value in enumerate(values, 1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for name, values in _CHOICES.items()
    }
    wanted = dict.fromkeys([*_NUMBERS.values(), *(column for column, *_rest in _OF_ROWS.values()), *choices])
    rows = columns.read(
        Entry.objects.alive().filter(**of_key).annotate(**choices),
        *("pk", "uid", "date", *wanted, *_MEASURES),
        uid=columns.UUID,
        date=columns.DAY,
    )
    rows = columns.sorted_by(rows, "pk")
    keys = rows["pk"]
    dimensions = {name: Numbered(rows[column], _itself(rows[column])) for name, column in _NUMBERS.items()}
    for name, (column, model, field) in _OF_ROWS.items():
        dimensions[name] = Numbered(rows[column], words.of(model, field, rows[column]))
    for name, values in _CHOICES.items():
        dimensions[name] = Numbered(rows[f"{name}_rank"], dict(enumerate(values, 1)))
    dimensions[REFERRED] = Numbered(np.minimum(rows["persons_referred"], 1), {1: "1"})
    return FactBatch(
        keys=keys,
        days=rows["date"],
        dimensions=dimensions,
        multiple=_terms(keys, of_entry, words),
        measures={name: rows[name] for name in _MEASURES} | {RECORD_KEY: _keys(rows["uid"])},
        children={"referral": _referrals(keys, rows["uid"], of_entry, words)},
    )


def _itself(numbers: Ints) -> dict[int, str]:
    return {number: str(number) for number in np.unique(numbers).tolist() if number}


def _terms(keys: Ints, of_entry: dict[str, Any], words: _Words) -> dict[str, Links]:
    """For each dimension with several codes, which entries bear which."""
    lines = _owned(keys, columns.read(EntryTerm.objects.filter(**of_entry), "entry_id", "term_id"))
    rows, terms = np.searchsorted(keys, lines["entry_id"]), lines["term_id"]
    found = {}
    for name, vocabulary in _MULTIPLE.items():
        codes = words.terms(terms, vocabulary)
        here = np.isin(terms, list(codes))
        found[name] = Links(rows[here], terms[here], codes)
    return found


def _referrals(keys: Ints, uids: NDArray[np.void], of_entry: dict[str, Any], words: _Words) -> ChildBatch:
    asked = ("entry_id", "pk", *_REFERRAL.values(), "persons")
    lines = _owned(keys, columns.read(Referral.objects.filter(**of_entry), *asked))
    lines = columns.sorted_by(lines, "entry_id", "pk")
    entries = lines["entry_id"]
    named = np.zeros(len(entries), dtype=[("uid", "V16"), ("rank", ">u4")])  # what each is called for ever
    named["uid"] = uids[np.searchsorted(keys, entries)]
    named["rank"] = np.arange(1, len(entries) + 1) - np.searchsorted(entries, entries)
    return ChildBatch(
        parents=entries,
        dimensions={
            name: Numbered(lines[column], words.of(Term, "code", lines[column])) for name, column in _REFERRAL.items()
        },
        measures={"persons": lines["persons"], RECORD_KEY: _keys(named)},
    )


def _owned(keys: Ints, lines: columns.Columns) -> columns.Columns:
    """Lines of the entries `keys`: not those of an entry that was deleted."""
    kept = np.isin(lines["entry_id"], keys)
    return {name: column[kept] for name, column in lines.items()}


def _keys(names: NDArray[np.void]) -> Ints:
    """The keys of records called so: as many bytes for each."""
    size, whole = names.dtype.itemsize, names.tobytes()
    cut = (whole[start : start + size] for start in range(0, len(whole), size))
    return np.array(record_keys(_secret(), cut), dtype=np.int64)


def _secret() -> bytes:
    return str(settings.DISCLOSURE_KEY).encode()


def _seal() -> str:
    """Changes with the secret from which keys are made."""
    return fingerprint(_secret())


SOURCES = (FactSource(SCHEMA, STREAM, read, _seal),)
