"""How a need stays without answer."""

from django.db import models
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from maillage.journal.enums import Barrier, LoopState
from maillage.journal.models import Referral
from maillage.programs.models import Program

# Reasons that say that the service itself is lacking.
LACKING = (Barrier.NO_SERVICE, Barrier.ENDED)


class UnmetKind(models.TextChoices):
    """How a referral stays without answer; a referral is of one kind only."""

    REFUSED = "refused", _("Refusée")
    WAITING = "waiting", _("Sur une liste d'attente")
    ABANDONED = "abandoned", _("Abandonnée")
    NO_SERVICE = "no_service", _("Aucun service")


KIND = Case(
    When(Q(state__in=(LoopState.REFUSED, LoopState.ABANDONED), barrier__in=LACKING), then=Value("no_service")),
    When(state=LoopState.REFUSED, then=Value("refused")),
    When(state=LoopState.WAITING, then=Value("waiting")),
    default=Value("abandoned"),
    output_field=CharField(),
)


def unmet_referrals(program: Program) -> QuerySet[Referral]:
    """Referrals of the living entries of `program` whose need stays without answer, each with its `unmet` kind."""
    failed = (LoopState.REFUSED, LoopState.WAITING, LoopState.ABANDONED)
    found = Referral.objects.filter(entry__program=program, entry__deleted_at=None, state__in=failed)
    return found.annotate(unmet=KIND).order_by()
