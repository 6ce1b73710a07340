from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running.backup import restore


class Command(ProductCommand):
    help = "Refait l'installation à partir d'une sauvegarde vérifiée. Arrêtez d'abord le serveur."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and whether to replace what is there."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="dossier écrit par « maillage backup »")
        parser.add_argument("--force", action="store_true", help="remplace les données présentes, après copie")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, restore, say what came of it."""
        kept = restore(options["folder"], force=options["force"])
        self.stdout.write(_("Sauvegarde restaurée. Les portraits se referont à la prochaine lecture."))
        if kept:
            self.stdout.write(_("Ce qui était là est gardé dans %(folder)s.") % {"folder": kept})
