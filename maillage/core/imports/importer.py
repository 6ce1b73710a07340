"""What an app writes to import something: fields, how a line is examined, how good lines are written."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.decision import Decision
from maillage.core.errors import Refused
from maillage.core.services import Outcome
from maillage.core.tabular import Table, list_sheets, read_table
from maillage.core.tabular.cells import is_blank

from .field import Field, Option

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of files of places: whether it knows a file, its layers, its table."""

    accepts: Callable[[Path], bool]
    layers: Callable[[Path], list[str]]
    read: Callable[[Path, str], Table]


_place_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Add a reader of files of places; called from `AppConfig.ready`."""
    _place_readers.append(reader)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is refused: in which column of the file ("" for the whole line), and a sentence."""

    column: str
    message: str


@dataclass(slots=True)
class Line:
    """A line of the file on its way: what it says by field, what is wrong, what it would change.

    `draft` is the examiner's own; `title` is how a report names the line.
    """

    number: int
    values: dict[str, Any]
    geometry: Any = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    more: dict[tuple[str, str], Any] = field(default_factory=dict)
    outcome: Outcome = Outcome.NEW
    draft: Any = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an examiner recognizes itself: its title, the field that it adds to, and what it stands for there.

    Its cells, parsed, are given in `Line.more` by `(field, code)`.
    """

    title: str
    name: str
    code: str
    parse: Callable[[Any], Any]


class Examiner(ABC):
    """Looks at the lines of one file, then writes the good ones. It reads what it needs when it is made.

    `more` are columns that it recognized itself, `notes` sentences about them; `also` counts what else was found.
    """

    def __init__(self) -> None:
        self.columns: Mapping[str, str] = {}
        self.more: Sequence[Column] = ()
        self.notes: list[str] = []
        self.also: Counter[str] = Counter()

    def refuse(self, line: Line, name: str, message: str) -> None:
        """Note why the line is refused, at the column that the field `name` is read from."""
        line.problems.append(Problem(self.columns.get(name, ""), message))

    @abstractmethod
    def examine(self, line: Line) -> None:
        """Set the draft, title and outcome of a line whose cells could all be read, or refuse it. Writes nothing."""

    def finish(self, lines: Sequence[Line]) -> None:
        """A last look at all the lines together. Writes nothing."""
        return

    @abstractmethod
    def apply(self, lines: Sequence[Line], tick: Tick) -> None:
        """Write lines that are new or changed, in a transaction that the frame holds; `tick(done, total)` as it goes."""


class Importer(ABC):
    """One kind of thing that can be imported."""

    name: str
    section: str
    title: str | Promise
    lead: str | Promise = ""
    # What a line is, in a sentence: « une liste de … ».
    subject: str | Promise
    fields: tuple[Field, ...]
    options: tuple[Option, ...] = ()
    # Fields of which the file must have at least one, with the sentence that says so.
    any_of: tuple[tuple[tuple[str, ...], str | Promise], ...] = ()
    reads_places = False
    # Whether a person chooses which column holds what; files that name their fields themselves leave no choice.
    has_columns = True

    @abstractmethod
    def may(self, actor: Any) -> Decision:
        """Whether `actor` may import this."""

    @abstractmethod
    def examiner(self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]) -> Examiner:
        """The examiner of one file. Raises `Refused` when the options do not allow it."""

    def layers(self, path: Path) -> list[str]:
        """Sheets or layers among which to choose."""
        places = self._places(path)
        return places.layers(path) if places else list_sheets(path)

    def read(self, path: Path, layer: str = "") -> Table:
        """The table of the file. Raises `Unreadable`."""
        places = self._places(path)
        return places.read(path, layer) if places else read_table(path, layer, self.known())

    def _places(self, path: Path) -> Reader | None:
        if not self.reads_places:
            return None
        return next((reader for reader in _place_readers if reader.accepts(path)), None)

    def known(self) -> frozenset[str]:
        """Keys of the titles that this importer expects."""
        return frozenset(key for one in self.fields for key in one.keys())  # noqa: SIM118

    def refine(self, table: Table, columns: dict[str, str]) -> dict[str, str]:
        """Correct the proposed columns by what the table holds."""
        return columns

    def check(self, table: Table, columns: Mapping[str, str], more: Iterable[Column] | None = None) -> None:
        """Refuse a file whose columns cannot give what is needed, saying which file this seems to be.

        Columns that hold nothing do not count. `more` (None before the examiner is made) are those that it recognized.
        """
        held = _held(table, columns) | {column.name for column in more or ()}
        missing = [str(one.label) for one in self.fields if one.required and one.name not in held]
        for names, sentence in self.any_of if more is not None or missing else ():
            if not held.intersection(names):
                missing.append(str(sentence))
        if missing:
            raise Refused(self.refusal(table, missing))

    def refusal(self, table: Table, missing: Iterable[str]) -> str:
        """The sentence that refuses a file for what is missing in it."""
        shown = ", ".join(f"« {title} »" for title in table.headers[:8])
        if more := max(0, len(table.headers) - 8):
            shown += " " + ngettext("et {n} autre", "et {n} autres", more).format(n=more)
        parts = [
            _("Ce fichier ne peut pas être lu comme {subject} : il y manque {missing}.").format(
                subject=self.subject, missing=" ; ".join(f"« {name} »" for name in missing)
            ),
            _("Colonnes trouvées : {columns}.").format(columns=shown),
        ]
        if looks_statistical(table.headers):
            parts.append(
                _("Il ressemble à un tableau de statistiques (un recensement, par exemple) : il ne s'importe pas ici.")
            )
        else:
            parts.append(_("Choisissez un autre fichier, ou dites quelle colonne tient lieu de chacune."))
        return " ".join(parts)


def _held(table: Table, columns: Mapping[str, str]) -> set[str]:
    """The fields whose column holds something on a line at least; all of them for a file without lines."""
    position = {name: table.headers.index(title) for name, title in columns.items()}
    rows = iter(table.rows())
    first = next(rows, None)
    if first is None:
        return set(position)
    empty = set(position)
    for row in chain([first], rows):
        empty = {name for name in empty if is_blank(row.cells[position[name]])}
        if not empty:
            break
    return set(position) - empty


def looks_statistical(headers: Sequence[str]) -> bool:
    """Whether titles are those of a statistical table: years, percentages, totals."""
    words = ("pourcent", "percent", "total", "scores", "taux", "population", "superficie", "area in", "dguid", "dauid")
    telling = sum(any(word in title.casefold() for word in words) or title[-4:].isdigit() for title in headers)
    return telling >= max(2, len(headers) / 2)
