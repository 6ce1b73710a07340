import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.journal.enums import RaisedState
from maillage.programs.models import Membership, Program, Term
from maillage.territories.models import Division

from .referral import Referral


class RaisedNeedQuerySet(models.QuerySet["RaisedNeed"]):
    """Needs raised from referrals that failed."""

    def visible_to(self, actor: Any) -> "RaisedNeedQuerySet":
        """Those of the programmes in which `actor` is now, whatever the role; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        return self.filter(program__in=Membership.objects.current().filter(user=actor).values("program"))


class RaisedNeed(models.Model):
    """A need without answer that a coordinator raises for a group to take up (« besoin à porter »).

    `referrals` are the evidence; `shown_count` is what may be shown outside the team (protected when it was raised).
    A group takes it up on a higher floor.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="raised_needs")
    need = models.ForeignKey(
        Term, verbose_name=_("besoin"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    division = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start = models.DateField(_("depuis le"))
    end = models.DateField(_("jusqu'au"))
    statement = models.CharField(_("le besoin en une phrase"), max_length=300)
    shown_count = models.PositiveIntegerField(_("références sans réponse"), null=True, blank=True)
    referrals = models.ManyToManyField(Referral, related_name="raised_needs", blank=True)
    state = models.CharField(_("état"), max_length=10, choices=RaisedState, default=RaisedState.OPEN)
    raised_by_id = models.BigIntegerField(null=True, editable=False)
    raised_by_label = models.CharField(max_length=200, blank=True, editable=False)
    raised_at = models.DateTimeField(auto_now_add=True)

    objects = RaisedNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin à porter")
        verbose_name_plural = _("besoins à porter")
        ordering = ["-raised_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="journal_raisedneed_dates")]

    def __str__(self) -> str:
        return self.statement
