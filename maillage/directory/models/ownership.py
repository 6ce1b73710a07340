from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.territories.models import HousingSite

from .organization import Organization


class SiteOwnership(models.Model):
    """An organization owns or manages a site for a time; one owner at a time has no end date."""

    site = models.ForeignKey(HousingSite, on_delete=models.CASCADE, related_name="ownerships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="ownerships")
    start = models.DateField(_("depuis"), null=True, blank=True)
    end = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("propriétaire")
        ordering = ["site", "-start", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"],
                condition=Q(end=None),
                name="directory_ownership_current",
                violation_error_message=_("Ce milieu a déjà un propriétaire actuel."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} – {self.organization}"
