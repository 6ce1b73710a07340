"""The texts of minutes that people type: what was said of each item, the opening, the closing, the account."""

from dataclasses import dataclass
from uuid import UUID

from .models import AgendaItem, Minutes, NoteVersion

NOTES = "notes"
OF_MINUTES = ("opening", "closing", "summary")
LONGEST = {NOTES: 20_000, "opening": 5000, "closing": 5000, "summary": 10_000}  # characters, as the models say


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: a field of the minutes or the notes of an item. `key` names it in a form."""

    minutes: Minutes
    field: str
    item: AgendaItem | None = None

    @property
    def key(self) -> str:
        """« opening », or the item's identifier."""
        return str(self.item.uid) if self.item else self.field

    @property
    def text(self) -> str:
        """The text as it is written."""
        return str(getattr(self.item or self.minutes, self.field))

    @property
    def revision(self) -> int:
        """How many times it was written (the three texts of the minutes count together)."""
        return self.item.notes_revision if self.item else self.minutes.revision

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        return LONGEST[self.field]

    def versions(self) -> "list[NoteVersion]":
        """Texts that wait beside this one."""
        return list(self.minutes.versions.filter(item=self.item, field=self.field, waiting=True).order_by("id"))


def passage_of(minutes: Minutes, key: str, items: dict[UUID, AgendaItem]) -> Passage | None:
    """The passage that a form names; None for one that is none of these minutes."""
    if key in OF_MINUTES:
        return Passage(minutes, key)
    try:
        item = items.get(UUID(key))
    except ValueError:
        return None
    return Passage(minutes, NOTES, item) if item else None
