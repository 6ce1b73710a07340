"""What the demonstration has published: the agreement of those who work there, and the figures of a year."""

from datetime import date

from maillage.core.actor import PRODUCT
from maillage.programs.models import Program
from maillage.statistics.enums import PeriodKind
from maillage.statistics.services import policies, releases

CONSENT = (
    "Les intervenant·es et les organisations de l'entente ont accepté que leur activité soit publiée "
    "(rencontre d'équipe, procès-verbal au dossier). Exemple inventé."
)
CONSENT_ON, YEAR = date(2013, 1, 15), date(2014, 1, 1)


def load(program: Program) -> None:
    """Record the agreement, then publish 2014 for the whole territory and each MRC."""
    policies.record_consent(actor=PRODUCT, program=program, consent=CONSENT, on=CONSENT_ON)
    draft = releases.prepare(actor=PRODUCT, program=program, period=PeriodKind.YEAR, start=YEAR)
    releases.publish(actor=PRODUCT, release=draft)
