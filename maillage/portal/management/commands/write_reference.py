"""`maillage write_reference`: the reference documents that are made from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from maillage.core.command import ProductCommand
from maillage.portal.reference import DOCUMENTS

FOLDER = Path("docs") / "reference"


class Command(ProductCommand):
    """Writes each document of `DOCUMENTS` below `docs/reference`, or in the folder given."""

    help = "Refait les documents de référence tirés du code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="dossier où écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override("fr-ca"):
            for name, make in DOCUMENTS.items():
                (folder / name).write_text(make(), encoding="utf-8")
                self.stdout.write(str(folder / name))
