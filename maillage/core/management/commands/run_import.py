"""`maillage run_import UID`: examine or write an import in a process of its own; the pages start it."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.core.imports import progress
from maillage.core.models import ImportJob
from maillage.core.services import import_jobs


class Command(ProductCommand):
    """Work on one import."""

    help = "Poursuit un import déposé par une page (lancé par le produit lui-même)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The number of the import."""
        parser.add_argument("uid", type=UUID, help="numéro de l'import")
        parser.add_argument("--language", default="fr-ca", help="langue des messages")

    def handle(self, *args: Any, **given: Any) -> None:
        """Hold the lock and work."""
        job = ImportJob.objects.filter(uid=given["uid"]).first()
        if job is None:
            raise Refused(_("Cet import n'existe pas."))
        with translation.override(given["language"]), progress.working(job.uid) as mine:
            if not mine:
                raise Refused(_("Cet import est déjà en cours."))
            progress.settle(job.uid)
            import_jobs.work(job=job)
