"""A table read from a file, whatever the file was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from maillage.core.errors import Refused

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000


class Unreadable(Refused):
    """The file cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number as the person sees it in the file.

    For files of places: `geometry` in WGS84 or None, and `remark`, a sentence about what was done to it.
    """

    number: int
    cells: list[Any]
    geometry: Any = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: titles of columns, all different, and rows that can be read again from the start.

    `notes` are sentences about how it was read. `has_geometry` says that rows carry places; `name` is the sheet or
    layer ("" when the file has only one).
    """

    name: str
    headers: list[str]
    header_row: int
    open_rows: Callable[[], Iterator[Row]]
    notes: list[str] = field(default_factory=list)
    has_geometry: bool = False

    def rows(self) -> Iterator[Row]:
        """Rows from the start, blank ones left out. Raises `Unreadable` past the limit of rows."""
        return self.open_rows()
