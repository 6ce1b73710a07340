import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.commands.check import Command as DjangoCheck
from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running import assertions


class Command(ProductCommand, DjangoCheck):
    help = "Vérifie que l'installation peut servir : Django, base de données, disque, horloge, secrets, pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Django's options, and an answer as data."""
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="répond en JSON")
        parser.add_argument("--code-only", action="store_true", help="les vérifications de Django seulement")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Django's checks, then ours; exit 1 when something does not hold."""
        as_data, code_only = options.pop("json"), options.pop("code_only")
        narrow = app_labels or options.get("tags") or options.get("list_tags") or code_only
        if narrow or not as_data:
            super().handle(*app_labels, **options)
        if narrow:
            return
        found = list(assertions.findings())
        if as_data:
            lines = [{"code": line.code, "holds": line.holds, "sentence": line.sentence} for line in found]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))
        for line in [] if as_data else found:
            style = self.style.SUCCESS if line.holds else self.style.ERROR
            self.stdout.write(style(f"{'✓' if line.holds else '✗'} {line.sentence}"))
        broken = sum(not line.holds for line in found)
        if broken:
            self.stderr.write(_("%(count)s vérification(s) à corriger avant de servir.") % {"count": broken})
            sys.exit(1)
