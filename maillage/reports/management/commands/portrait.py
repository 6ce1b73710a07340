"""`maillage portrait`: the portrait of a programme, on the standard output or in a file."""

import errno
import os
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.reports.files import FORMATS, write
from maillage.statistics.queries import ENGINES, counting_on, portrait


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("« %(text)s » n'est pas une date AAAA-MM-JJ.") % {"text": text}) from None


class Command(ProductCommand):
    """Exit status 0 (written), 1 (refused, with a sentence on stderr) or 2 (usage)."""

    help = "Écrit le portrait d'un programme : tous ses tableaux, pour une période et un territoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--program", required=True, help="adresse du programme (entente-2013-2016)")
        parser.add_argument("--from", dest="start", type=_day, help="premier jour, AAAA-MM-JJ")
        parser.add_argument("--to", dest="end", type=_day, help="dernier jour, AAAA-MM-JJ")
        parser.add_argument("--territory", default="", help="code d'une MRC du programme")
        parser.add_argument(
            "--public", action="store_true", help="chiffres protégés : mois, trimestre, année ou toute la durée"
        )
        parser.add_argument("--format", choices=[*FORMATS], default="json")
        parser.add_argument("--output", type=Path, help="fichier à écrire (sortie standard sinon)")
        parser.add_argument("--engine", choices=ENGINES, help="ce qui compte (sinon MAILLAGE_ENGINE, ou duckdb)")
        parser.add_argument("--facts", type=Path, metavar="DIR", help="spark : dossier de « maillage facts write »")
        parser.add_argument("--master", metavar="URL", help="spark : adresse de la grappe (spark://hôte:7077, yarn…)")
        parser.add_argument(
            "--max-age", type=float, metavar="HEURES", help="spark : âge permis d'un jeu de faits dépassé"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        program = Program.objects.filter(slug=options["program"]).first()
        if program is None:
            raise CommandError(_("Aucun programme n'a l'adresse « %(slug)s ».") % {"slug": options["program"]})
        engine = {name: options[name] for name in ("master", "max_age")} | {"folder": options["facts"]}
        try:
            with counting_on(options["engine"], **engine):
                made = portrait(
                    program=program,
                    start=options["start"],
                    end=options["end"],
                    territory=options["territory"],
                    public=options["public"],
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._put(write(made, options["format"]), options["output"])

    def _put(self, content: bytes, output: Path | None) -> None:
        if output is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        draft = output.with_name(f".{output.name}.{os.getpid()}")
        try:
            draft.write_bytes(content)
            draft.replace(output)  # whole or not at all
        except OSError as trouble:
            draft.unlink(missing_ok=True)
            raise CommandError(
                _("Le fichier « %(file)s » n'a pas pu être écrit : %(reason)s.")
                % {"file": output, "reason": _reason(trouble)}
            ) from trouble


def _reason(trouble: OSError) -> str:
    """What the system says, in the person's language where it is a usual one."""
    usual = {
        errno.ENOENT: _("ce dossier n'existe pas"),
        errno.ENOTDIR: _("ce dossier n'existe pas"),
        errno.EISDIR: _("c'est un dossier"),
        errno.EACCES: _("l'accès est refusé"),
        errno.EROFS: _("ce disque est en lecture seule"),
        errno.ENOSPC: _("le disque est plein"),
    }
    return usual.get(trouble.errno or 0, str(trouble.strerror))
