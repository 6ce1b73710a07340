from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.journal.enums import MAX_PERSONS
from maillage.programs.models import Term

from .entry import Entry


class Referral(models.Model):
    """One or several persons met in an entry were referred to a destination for a need. No diagnosis, no identity."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="referrals")
    destination = models.ForeignKey(Term, verbose_name=_("destination"), on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
    )
    need = models.ForeignKey(
        Term, verbose_name=_("besoin"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(
        Term, verbose_name=_("forme"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    persons = models.PositiveIntegerField(_("personnes référées"), default=1)

    class Meta:
        verbose_name = _("référence")
        verbose_name_plural = _("références")
        ordering = ["entry", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=MAX_PERSONS),
                name="journal_referral_persons",
                violation_error_message=_("Une référence concerne de 1 à 500 personnes."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.destination} ({self.persons})"
