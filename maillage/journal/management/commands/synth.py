"""`maillage synth journal`: invented entries in a programme's journal, for demonstrations and measurements."""

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.journal.synthetic.writing import write
from maillage.programs.models import Program

MOST = 20_000_000


class Command(ProductCommand):
    """Exit status 0 (written), 1 (refused, with a sentence on stderr, nothing written) or 2 (usage)."""

    help = "Inscrit des interventions inventées au journal d'un programme."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["journal"])
        parser.add_argument("--program", required=True, help="adresse du programme (entente-2013-2016)")
        parser.add_argument("--entries", type=int, required=True, help="nombre d'interventions")
        parser.add_argument("--seed", type=int, default=1, help="la même graine donne le même journal")

    def handle(self, *args: Any, **options: Any) -> None:
        entries, seed = options["entries"], options["seed"]
        if not 1 <= entries <= MOST or seed < 0:
            raise CommandError(_("Demandez de 1 à 20 000 000 d'interventions et une graine positive."))
        program = Program.objects.filter(slug=options["program"]).first()
        if program is None:
            raise CommandError(_("Aucun programme n'a l'adresse « %(slug)s ».") % {"slug": options["program"]})
        with tqdm(total=entries, unit=" interventions", file=sys.stderr, disable=None) as bar:
            try:
                write(program, entries=entries, seed=seed, progress=bar.update)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)d interventions inventées ont été inscrites.") % {"count": entries})
