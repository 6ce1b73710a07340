"""What the product keeps for thirty days only: notes of deleted entries, and files sent to be imported."""

from dataclasses import dataclass

from maillage.core.services import import_jobs
from maillage.journal.services import forget_deleted_notes


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many notes and files of imports went."""

    notes: int
    imports: int


def tidy() -> Tidied:
    """Wipe what is older than thirty days; run twice, it finds nothing the second time."""
    return Tidied(notes=forget_deleted_notes(), imports=import_jobs.purge())
