"""`maillage synth journal|services`: invented entries or services, for demonstrations and measurements."""

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.directory import synthetic as directory
from maillage.journal.synthetic.writing import write
from maillage.programs.models import Program

MOST, MOST_SERVICES = 20_000_000, 1_000_000
USAGE = 2


class Command(ProductCommand):
    """Exit status 0 (written), 1 (refused, with a sentence on stderr, nothing written) or 2 (usage)."""

    help = "Inscrit des interventions inventées au journal d'un programme, ou des services inventés au répertoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["journal", "services"])
        parser.add_argument("--program", help="adresse du programme (entente-2013-2016)")
        parser.add_argument("--entries", type=int, help="nombre d'interventions")
        parser.add_argument("--number", type=int, help="nombre de services")
        parser.add_argument("--seed", type=int, default=1, help="la même graine donne la même chose")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "services":
            self._services(options["number"], options["seed"])
        else:
            self._journal(options["program"], options["entries"], options["seed"])

    def _services(self, number: int | None, seed: int) -> None:
        if number is None:
            raise CommandError(_("Dites combien de services : --number."), returncode=USAGE)
        if not 1 <= number <= MOST_SERVICES or seed < 0:
            raise CommandError(_("Demandez de 1 à 1 000 000 de services et une graine positive."))
        with tqdm(total=number, unit=" services", file=sys.stderr, disable=None) as bar:
            try:
                directory.write(number, seed, timezone.localdate(), bar.update)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)d services inventés ont été inscrits.") % {"count": number})

    def _journal(self, slug: str | None, entries: int | None, seed: int) -> None:
        if slug is None or entries is None:
            raise CommandError(_("Dites quel programme et combien : --program, --entries."), returncode=USAGE)
        if not 1 <= entries <= MOST or seed < 0:
            raise CommandError(_("Demandez de 1 à 20 000 000 d'interventions et une graine positive."))
        program = Program.objects.filter(slug=slug).first()
        if program is None:
            raise CommandError(_("Aucun programme n'a l'adresse « %(slug)s ».") % {"slug": slug})
        with tqdm(total=entries, unit=" interventions", file=sys.stderr, disable=None) as bar:
            try:
                write(program, entries=entries, seed=seed, progress=bar.update)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)d interventions inventées ont été inscrites.") % {"count": entries})
