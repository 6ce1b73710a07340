import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running.backup import back_up


class Command(ProductCommand):
    help = "Sauvegarde l'installation dans un nouveau dossier : base de données, fichiers, clé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write, and how to answer."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="dossier à créer (absent ou vide)")
        parser.add_argument("--json", action="store_true", help="répond en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, then say what was written."""
        found = back_up(options["folder"])
        if options["json"]:
            said = {"folder": str(options["folder"].resolve()), "made_at": found.made_at, "engine": found.engine}
            self.stdout.write(json.dumps({**said, "pieces": len(found.pieces), "bytes": found.size}))
            return
        self.stdout.write(
            _(
                "Sauvegarde faite : %(folder)s (%(count)s fichiers, %(size)s ko). Gardez-la en lieu sûr : elle contient tout."
            )
            % {"folder": options["folder"], "count": len(found.pieces), "size": found.size // 1024}
        )
