"""Rows of `maillage bench disclosure` for a release of the full portrait of the home's largest finished programme.

Nothing is written: figures are counted, protected together and attacked, as `release create --draft` does.
"""

import time

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.benchmarks import Measure
from maillage.programs.models import Program
from maillage.statistics.enums import AreaLevel
from maillage.statistics.models import Release
from maillage.statistics.release.attack import attack
from maillage.statistics.release.judgement import Policy
from maillage.statistics.release.prepare import prepare
from maillage.statistics.release.state import Asked

BAR = 10_000.0  # milliseconds, for all phases together


def rows() -> list[Measure]:
    """The phases and their sum, of the processor's time; nothing in a home without a programme that is over."""
    finished = Program.objects.filter(end__lt=timezone.localdate())
    program = (
        finished.annotate(written=Count("entries", filter=Q(entries__deleted_at=None))).order_by("-written").first()
    )
    if program is None or not program.entries.exists():
        return []
    levels = (str(AreaLevel.WHOLE), str(AreaLevel.MRC))
    asked = Asked(program, (program.start, program.end or program.start), levels)
    began = time.process_time()
    made = prepare(asked, Policy(consent=True), [])
    prepared = time.process_time()
    draft = Release(program=program, start=asked.bounds[0], end=asked.bounds[1], levels=list(levels))
    draft.content, draft.ledger = made.content, made.ledger
    found = attack(draft, others=[])
    ended = time.process_time()
    name = {"program": program.slug}
    return [
        Measure(_("publication de %(program)s : tout") % name, (ended - began) * 1000, "ms", _("barre"), BAR),
        Measure(_("publication de %(program)s : protection") % name, made.phases["protect"] * 1000, "ms"),
        Measure(_("publication de %(program)s : vérification") % name, (ended - prepared) * 1000, "ms"),
        Measure(_("publication de %(program)s : chiffres montrés") % name, found.shown, ""),
        Measure(_("publication de %(program)s : chiffres cachés") % name, found.hidden, ""),
        Measure(_("publication de %(program)s : chiffres exposés") % name, len(found.exposed), ""),
    ]
