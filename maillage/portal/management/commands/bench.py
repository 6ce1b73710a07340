"""`maillage bench`: what the product takes beside references, one row a measure."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from maillage.core.command import ProductCommand
from maillage.statistics.bench import parts, portrait
from maillage.statistics.bench.timing import Measure


class Command(ProductCommand):
    """Exit status 0 (measured), 1 (refused, or two answers differ) or 2 (usage)."""

    help = "Mesure le produit à côté de références."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["portrait"])
        parser.add_argument("--entries", type=int, default=100_000, help="nombre d'interventions inventées")
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.add_argument("--part", choices=[*parts.PARTS], help="une seule partie, sur la base du moment")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["part"]:
            self.stdout.write(json.dumps(parts.PARTS[options["part"]](options["entries"])))
            return
        rows = portrait.run(options["entries"], lambda step: print(f"▸ {step}", file=sys.stderr))
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
