"""The known traits of entries with their hierarchies, and the sensitive fields, as the kernel takes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.tables.disclosure.classes import Codes, Sensitive, Trait

from . import words
from .entries import Entries
from .fields import KNOWN, SENSITIVE
from .words import Labels, Words

SITES = 3
"""The rows of a class come from at least so many sites: the nearest thing to distinct persons that a journal has."""
PRIORITY = 10.0
"""How much more a bit of the field to keep weighs."""
CEILING = 0.5
"""A sensitive term stands in at most half of the rows of a class."""
SITE = "site"

Step = tuple[str, Callable[[str], str]]


@dataclass(frozen=True, slots=True)
class Known:
    """A known trait: `codes[level]` are the names of its levels, `texts[level][value]` what the file writes."""

    field: str
    trait: Trait
    codes: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    label: Callable[[str], Labels]

    def written(self, level: int) -> list[str]:
        """Each row as the file writes it."""
        texts = self.texts[level]
        return [texts[value] for value in self.trait.levels[level][self.trait.values]]


@dataclass(frozen=True, slots=True)
class Told:
    """A sensitive field: a column of 0 and 1 for each code."""

    field: str
    codes: tuple[str, ...]
    flags: np.ndarray
    sensitive: Sensitive


def known(entries: Entries, wanted: Sequence[str], priority: str, vocabulary: Words) -> list[Known]:
    """The known traits that are asked, in the order of the catalogue."""
    makers = _makers(entries, vocabulary)
    return [
        _known(code, *makers[code](), weight=PRIORITY if code == priority else 1.0) for code in KNOWN if code in wanted
    ]


Made = tuple[list[str], list[Step], Callable[[str], Labels]]


def _makers(entries: Entries, vocabulary: Words) -> dict[str, Callable[[], Made]]:
    def coded(name: str, *steps: Step) -> Callable[[], Made]:
        texts = entries.single[name]
        return lambda: (
            [text or "" for text in texts],
            [("code", str), *steps],
            lambda text: vocabulary.label(name, text),
        )

    def by_root(name: str) -> Step:
        return "root", lambda text: vocabulary.root(name, text) if text else ""

    return {
        "period": lambda: _period(entries),
        "mrc": coded("mrc"),
        "tenure": coded("tenure", ("group", lambda text: text if text == "omh" else words.NOT_OMH)),
        "nature": coded("nature"),
        "collective_kind": coded("collective_kind", by_root("collective_kind")),
        "contact_place": coded("contact_place", by_root("contact_place")),
        "role": coded("role"),
        "groups": lambda: _groups(entries, vocabulary),
        "persons": lambda: _persons(entries),
    }


def _period(entries: Entries) -> Made:
    def quarter(month: str) -> str:
        return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"

    steps: list[Step] = [("month", str), ("quarter", quarter), ("year", lambda month: month[:4])]
    return [f"{day:%Y-%m}" for day in entries.days], steps, words.of_period


def _groups(entries: Entries, vocabulary: Words) -> Made:
    texts = [
        "+".join(sorted({vocabulary.root("group", code) for code in codes})) for codes in entries.multiple["group"]
    ]

    def number(text: str) -> str:
        count = len(text.split("+")) if text else 0
        return "2_up" if count > 1 else str(count)

    def label(text: str) -> Labels:
        if text in ("0", "1", "2_up"):
            return words.of_number(text)
        parts = [vocabulary.label("group", code) for code in text.split("+")]
        return ", ".join(part[0] for part in parts), ", ".join(part[1] for part in parts)

    return texts, [("set", str), ("number", number)], label


def _persons(entries: Entries) -> Made:
    def band(count: int) -> str:
        return str(count) if count < 2 else "2_to_4" if count < 5 else "5_to_9" if count < 10 else "10_up"

    def two(text: str) -> str:
        return "0_or_1" if text in ("0", "1") else "2_up"

    return [band(count) for count in entries.persons], [("band", str), ("two", two)], words.of_persons


def _known(field: str, texts: list[str], steps: list[Step], label: Callable[[str], Labels], *, weight: float) -> Known:
    """Build the levels; one that tells rows apart exactly as the one before it is skipped."""
    finest = sorted(set(texts))
    place = {text: i for i, text in enumerate(finest)}
    levels: list[Codes] = []
    codes: list[str] = []
    shown: list[tuple[str, ...]] = []
    for code, step in [*steps, ("withheld", lambda text: "")]:
        written = [step(text) for text in finest]
        own = sorted(set(written))
        if levels and len(own) == len(shown[-1]):
            continue
        rank = {text: i for i, text in enumerate(own)}
        levels.append(np.array([rank[text] for text in written], dtype=np.int64))
        codes.append(code)
        shown.append(tuple(own))
    values = np.array([place[text] for text in texts], dtype=np.int64)
    return Known(field, Trait(field, values, tuple(levels), weight), tuple(codes), tuple(shown), label)


def told(entries: Entries, wanted: Sequence[str], diversity: int, vocabulary: Words) -> list[Told]:
    """The sensitive fields of `wanted`, in the order of the catalogue."""
    return [_told(code, entries.multiple[code], diversity, vocabulary) for code in SENSITIVE if code in wanted]


def _told(field: str, sets: Sequence[Sequence[str]], diversity: int, vocabulary: Words) -> Told:
    used = {code for codes in sets for code in codes}
    codes = [code for code in vocabulary.order.get(field, ()) if code in used]
    codes += sorted(used - set(codes))
    place = {code: i for i, code in enumerate(codes)}
    flags = np.zeros((len(sets), len(codes)), dtype=bool)
    for row, own in enumerate(sets):
        flags[row, [place[code] for code in own]] = True
    numbers: dict[tuple[str, ...], int] = {(): 0}
    values = np.array([numbers.setdefault(tuple(own), len(numbers)) for own in sets], dtype=np.int64)
    marked = [place[code] for code in codes if (field, code) in vocabulary.sensitive]
    return Told(field, tuple(codes), flags, Sensitive(field, values, diversity, flags[:, marked], CEILING))


def sites(entries: Entries) -> Sensitive:
    """The demand that the rows of a class come from several sites; what happened in no site counts as one."""
    numbers: dict[str | None, int] = {None: 0}
    values = [numbers.setdefault(code, len(numbers)) for code in entries.single["site"]]
    return Sensitive(SITE, np.array(values, dtype=np.int64), SITES, empty_passes=False)
