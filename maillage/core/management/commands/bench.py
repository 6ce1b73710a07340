"""`maillage bench`: what the product takes beside references, one row a measure."""

import json
import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from maillage.core import benchmarks
from maillage.core.benchmarks import Measure
from maillage.core.command import ProductCommand


class Command(ProductCommand):
    """Exit status 0 (measured), 1 (refused, or two answers differ) or 2 (usage)."""

    help = "Mesure le produit à côté de références."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=benchmarks.names())
        parser.add_argument("--entries", type=int, help="combien en inventer")
        parser.add_argument("--services", type=int, dest="entries", help="la même chose, pour la recherche")
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.add_argument("--part", default="", help="une seule partie, sur la base du moment")

    def handle(self, *args: Any, **options: Any) -> None:
        bench = benchmarks.module(options["what"])
        entries = options["entries"] if options["entries"] is not None else getattr(bench, "ENTRIES", 100_000)
        if entries < 1:
            raise CommandError(_("Le nombre demandé doit être au moins 1."))
        if options["part"]:
            self.stdout.write(json.dumps(bench.PARTS[options["part"]](entries)))
            return
        rows: list[Measure] = bench.run(entries, lambda step: print(f"▸ {step}", file=sys.stderr))
        if options["json"]:
            self.stdout.write(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(_line(row))


def _line(row: Measure) -> str:
    compared = ""
    if row.reference is not None:
        compared = f"{row.reference_name:28}{row.reference:12,.1f} {row.unit:3}{row.ratio or 0:10,.2f} ×"
    return f"{row.name:42}{row.product:12,.2f} {row.unit:4}{compared}"
