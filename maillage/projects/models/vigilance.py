import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.programs.models import Program
from maillage.projects.enums import AlertOutcome
from maillage.territories.models import HousingSite

from .twinning import of_team


class VigilanceQuerySet(models.QuerySet["VigilanceScheme"]):
    """Vigilance schemes."""

    def visible_to(self, actor: Any) -> "VigilanceQuerySet":
        """Those of the programmes in whose team `actor` is; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        return self if actor.is_administrator else self.filter(program__in=of_team(actor))


class VigilanceScheme(models.Model):
    """Tenants of a site watch over one another each day (« système de vigilance accroche-porte »): rules and counts only.

    Who takes part is never written: consents stay on paper with the office.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="vigilance_schemes")
    site = models.ForeignKey(
        HousingSite, verbose_name=_("milieu"), on_delete=models.PROTECT, related_name="vigilance_schemes"
    )
    since = models.DateField(_("depuis"))
    ended_on = models.DateField(_("arrêté le"), null=True, blank=True)
    check_times = models.CharField(_("heures de la ronde"), max_length=200, blank=True)
    rules = models.TextField(_("règles convenues"), blank=True, max_length=3000)
    escalation = models.TextField(_("que faire quand quelque chose ne va pas"), blank=True, max_length=3000)
    consents_kept = models.CharField(_("où sont gardés les consentements"), max_length=300, blank=True)
    review_on = models.DateField(_("à revoir le"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VigilanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("système de vigilance")
        verbose_name_plural = _("systèmes de vigilance")
        ordering = ["site__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "site"],
                condition=Q(ended_on=None),
                name="projects_vigilance_once",
                violation_error_message=_("Ce milieu a déjà un système de vigilance."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="projects_vigilance_dates",
                violation_error_message=_("La fin précède le début."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)


class VigilanceCount(models.Model):
    """How many sentinels and units took part on a day."""

    scheme = models.ForeignKey(VigilanceScheme, on_delete=models.CASCADE, related_name="counts")
    on = models.DateField(_("date"))
    sentinels = models.PositiveSmallIntegerField(_("sentinelles"))
    units = models.PositiveSmallIntegerField(_("logements participants"))

    class Meta:
        verbose_name = _("compte d'un système de vigilance")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "on"],
                name="projects_vigilancecount_once",
                violation_error_message=_("Ce jour a déjà son compte."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} – {self.on}"


class VigilanceAlert(models.Model):
    """Something was not as usual: when, how long until somebody was there, how it ended. Nobody is named."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(VigilanceScheme, on_delete=models.CASCADE, related_name="alerts")
    on = models.DateField(_("date"))
    delay_minutes = models.PositiveIntegerField(_("délai avant qu'on y soit (minutes)"), null=True, blank=True)
    outcome = models.CharField(_("issue"), max_length=11, choices=AlertOutcome)
    words = models.CharField(_("ce que nous en retenons"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("alerte")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.scheme} – {self.on}"
