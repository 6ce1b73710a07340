"""What is asked of the register when many rows are written at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

DivisionKey = tuple[str, str]


@dataclass(slots=True)
class DivisionDraft:
    """A division to create or change: its level and code, the fields given, its parent by level and code.

    `boundary` is GeoJSON text; `since` dates a new name or new limits; `former_names` are `(name, from, to)`.
    """

    level: str
    code: str
    values: dict[str, Any]
    parent: DivisionKey | None = None
    boundary: str = ""
    source: str = ""
    is_schematic: bool = False
    since: date | None = None
    former_names: list[tuple[str, date | None, date | None]] = field(default_factory=list)

    @property
    def key(self) -> DivisionKey:
        """Level and code."""
        return self.level, self.code


@dataclass(slots=True)
class SiteDraft:
    """A housing site to create or change, by its register number, and the fields given."""

    reference: str
    values: Mapping[str, Any]
