"""What the product keeps for a time only: notes of deleted entries, files sent to be imported, extracts,
what devices sent long ago, the words of messages that left, and what people asked for to come to a meeting."""

from dataclasses import dataclass

from maillage.concertation.services.calendar_imports import forget_kept_files
from maillage.concertation.services.registrations import forget_needs
from maillage.core.files import tidy_files
from maillage.core.services import import_jobs
from maillage.core.services.mail_upkeep import forget_words
from maillage.journal.services import forget_deleted_notes, forget_operations
from maillage.statistics.services import extracts


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many notes, files of imports, extracts, operations of devices, messages and needs of registrations went."""

    notes: int
    imports: int
    documents: int
    extracts: int
    operations: int
    messages: int
    needs: int


def tidy() -> Tidied:
    """Wipe what is too old or expired; run twice, it finds nothing the second time."""
    return Tidied(
        notes=forget_deleted_notes(),
        imports=import_jobs.purge() + forget_kept_files(),
        documents=tidy_files(),
        extracts=extracts.expire(),
        operations=forget_operations(),
        messages=forget_words(),
        needs=forget_needs(),
    )
