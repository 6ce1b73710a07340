"""Writes import jobs and the mappings that are used again."""

from collections.abc import Mapping

from django.db import transaction

from maillage.core.models import ImportMapping


def saved_columns(*, importer: str, signature: str) -> dict[str, str] | None:
    """The columns that served last for files with the same titles, or None."""
    found = ImportMapping.objects.filter(importer=importer, signature=signature).first()
    return dict(found.columns) if found else None


@transaction.atomic
def remember_columns(*, importer: str, signature: str, columns: Mapping[str, str]) -> None:
    """Keep the columns for the next file with the same titles."""
    ImportMapping.objects.update_or_create(importer=importer, signature=signature, defaults={"columns": dict(columns)})
