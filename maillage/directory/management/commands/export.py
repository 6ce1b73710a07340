"""`maillage export services`: the directory in the files in which directories travel."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.directory.exchange.exporting import ENDINGS, export
from maillage.directory.models import Service, Source


class Command(ProductCommand):
    """Exit status 0 (written), 1 (refused, with a sentence on stderr) or 2 (usage)."""

    help = "Écrit le répertoire des services dans un fichier d'échange : HSDS 3.1 ou data·inclusion."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Arguments as the contract says."""
        parser.add_argument("kind", choices=["services"], help="ce qui est écrit")
        parser.add_argument("--format", choices=[*ENDINGS], default="hsds-json")
        parser.add_argument("--output", type=Path, required=True, help="fichier à écrire (.json, .zip ou .xlsx)")
        parser.add_argument("--source", default="", metavar="SLUG", help="seulement ce qui vient de ce partenaire")
        parser.add_argument("--offered", action="store_true", help="sans les services qui ne sont plus offerts")

    def handle(self, *args: Any, **given: Any) -> None:
        """Write the file whole, or not at all."""
        output: Path = given["output"]
        ending = output.suffix.lower()
        if ending not in ENDINGS[given["format"]]:
            said = _("Le format « {format} » s'écrit dans un fichier {endings} : donnez ce nom à --output.")
            raise Refused(said.format(format=given["format"], endings=", ".join(ENDINGS[given["format"]])))
        services = Service.objects.filter(merged_into=None).order_by("pk")
        if given["offered"]:
            services = services.offered()
        if given["source"]:
            source = Source.objects.filter(slug=given["source"]).first()
            if source is None:
                raise Refused(_("Aucune source ne porte le code « {slug} ».").format(slug=given["source"]))
            services = services.filter(source=source)
        count = services.count()
        self._write(output, export(services, given["format"], ending, _bar(count)))
        written = ngettext("{n} service écrit dans {path}.", "{n} services écrits dans {path}.", count)
        self.stdout.write(written.format(n=count, path=output))

    def _write(self, output: Path, parts: Any) -> None:
        draft = output.with_name(f".{output.name}.part")
        try:
            with draft.open("wb") as file:
                for part in parts:
                    file.write(part)
            draft.replace(output)
        except OSError as trouble:
            said = _("Le fichier « {path} » ne peut pas être écrit : {why}.")
            raise Refused(said.format(path=output, why=trouble.strerror)) from trouble
        finally:
            draft.unlink(missing_ok=True)


def _bar(total: int) -> Any:
    """Progress on a terminal, for what lasts more than two seconds."""
    bar = tqdm(total=total, disable=not sys.stderr.isatty(), delay=2, unit=" services", file=sys.stderr, leave=False)

    def tick(done: int, _total: int) -> None:
        bar.update(done - bar.n)

    return tick
