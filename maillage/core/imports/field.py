"""What an importer looks for in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from maillage.core.tabular.cells import to_day, to_text
from maillage.core.tabular.heading import key


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of information that a column may hold.

    `synonyms` are titles, in French and English, by which the column is recognized. `parse` turns a cell into a value
    (None or "" for a blank) or raises `cells.BadCell` with a sentence.
    """

    name: str
    label: str | Promise
    synonyms: tuple[str, ...] = ()
    required: bool = False
    parse: Callable[..., Any] = to_text
    help: str | Promise = ""

    @property
    def is_day(self) -> bool:
        """Whether the column holds days, whose order of day and month is read from the whole column."""
        return self.parse is to_day

    def keys(self) -> dict[str, None]:
        """Titles that name this field, as compared, the label first."""
        return dict.fromkeys(key(str(title)) for title in (self.label, *self.synonyms, self.name))


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that holds for the whole file. `choices(actor)` gives `(value, label)`; an empty value is allowed."""

    name: str
    label: str | Promise
    choices: Callable[[Any], list[tuple[str, str]]]
    help: str | Promise = ""
    several: bool = False
    required: bool = False
