"""What the product keeps for a time only: notes of deleted entries, files sent to be imported, extracts."""

from dataclasses import dataclass

from maillage.core.services import import_jobs
from maillage.journal.services import forget_deleted_notes
from maillage.statistics.services import extracts


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many notes, files of imports and extracts went."""

    notes: int
    imports: int
    extracts: int


def tidy() -> Tidied:
    """Wipe what is older than thirty days, or expired; run twice, it finds nothing the second time."""
    return Tidied(notes=forget_deleted_notes(), imports=import_jobs.purge(), extracts=extracts.expire())
