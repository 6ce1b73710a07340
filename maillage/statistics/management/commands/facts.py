"""`maillage facts write`: the facts as a partitioned Parquet data set, for an engine on other machines."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from maillage.core.command import ProductCommand
from maillage.programs.models import Program
from maillage.statistics import mirror
from maillage.statistics.definitions import FACTS
from maillage.tables.engine import DataSet, StoreLost, export


class Command(ProductCommand):
    """Exit status 0 (written, or as it must be already), 1 (refused, with a sentence on stderr) or 2 (usage)."""

    help = "Écrit les faits des portraits en fichiers Parquet par programme et par année, pour une grappe Spark."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["write"], help="écrit le jeu de faits, s'il n'est pas déjà à jour")
        parser.add_argument("folder", type=Path, metavar="DIR", help="dossier que toutes les machines voient")
        parser.add_argument(
            "--program", action="append", metavar="SLUG", help="ce programme seulement (peut être répété)"
        )
        parser.add_argument("--json", action="store_true", help="dit en JSON ce qui a été écrit")

    def handle(self, *args: Any, **options: Any) -> None:
        start, folder = time.perf_counter(), options["folder"].resolve()
        held = None if options["program"] is None else [self._code(slug) for slug in options["program"]]
        store = mirror.store_of(FACTS)
        with tqdm(unit=_(" faits"), file=sys.stderr, disable=None, leave=False) as bar:

            def progress(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            try:
                made, wrote = export(store, folder, held=held, progress=progress)
            except StoreLost:
                raise CommandError(
                    _("Le miroir des faits a changé pendant l'écriture : relancez la commande.")
                ) from None
            except OSError as trouble:
                raise CommandError(
                    _("Le jeu de faits n'a pas pu être écrit dans « %(folder)s » (%(reason)s) : celui d'avant y reste.")
                    % {"folder": folder, "reason": trouble.strerror or trouble}
                ) from trouble
        self._say(made, wrote, time.perf_counter() - start, as_json=options["json"])

    def _code(self, slug: str) -> str:
        """The code that stands for a programme in the facts."""
        found = Program.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if found is None:
            raise CommandError(_("Aucun programme n'a l'adresse « %(slug)s ».") % {"slug": slug})
        return str(found)

    def _say(self, made: DataSet, wrote: bool, seconds: float, *, as_json: bool) -> None:
        if as_json:
            said = {
                "folder": str(made.folder),
                "written": wrote,
                "as_of": made.written.isoformat(),
                "rows": made.rows,
                "partitions": made.partitions,
                "bytes": made.bytes,
                "seconds": round(seconds, 3),
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        words = {"rows": sum(made.rows.values()), "partitions": made.partitions, "folder": made.folder}
        if wrote:
            self.stdout.write(_("%(rows)s lignes écrites en %(partitions)s partitions dans %(folder)s") % words)
        else:
            self.stdout.write(_("Le jeu de faits est à jour : %(folder)s") % words)
