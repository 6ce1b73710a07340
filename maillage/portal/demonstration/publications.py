"""What the demonstration has published: the whole second agreement by MRC, and two of its years."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.statistics.enums import AreaLevel, PeriodKind
from maillage.statistics.models import Release
from maillage.statistics.services import policies, releases

PROGRAM = "entente-2013-2016"
CONSENT = "Accord inventé du comité de suivi et de l'équipe : leur activité peut être lue dans ce qui est publié."
CONSENT_ON = date(2013, 4, 10)
WANTED: tuple[tuple[PeriodKind, date | None, tuple[AreaLevel, ...]], ...] = (
    (PeriodKind.WHOLE, None, (AreaLevel.WHOLE, AreaLevel.MRC)),
    (PeriodKind.YEAR, date(2014, 1, 1), (AreaLevel.WHOLE,)),
    (PeriodKind.YEAR, date(2015, 1, 1), (AreaLevel.WHOLE,)),
)


def agree(program: Program) -> None:
    """Record the invented agreement of those who work there."""
    policies.record_consent(actor=PRODUCT, program=program, consent=CONSENT, on=CONSENT_ON)


def ensure(say: Callable[[Any], None]) -> None:
    """Publish what is not published yet, from what is committed: a start that was cut short is made up for.

    A home in which somebody has changed the agreement is left as it is.
    """
    if connection.in_atomic_block:
        return
    program = Program.objects.filter(slug=PROGRAM).first()
    found = Release.objects.filter(program=program).count() if program else 0
    if program is None or found >= len(WANTED):
        return
    say(_("Publications…"))
    for period, start, levels in WANTED[found:]:
        try:
            draft = releases.prepare(actor=PRODUCT, program=program, period=period, start=start, levels=levels)
            releases.publish(actor=PRODUCT, release=draft)
        except Refused:
            return
