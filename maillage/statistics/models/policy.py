from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.programs.models import Program


class ProtectionPolicy(models.Model):
    """How far a programme protects its figures. Thresholds move upward only from the product's own.

    A programme without a policy has these defaults. `consent` waives the two rules that protect workers and
    organizations (never those that protect the persons met): who agreed that their activity be published, and how.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="protection_policy")
    threshold = models.PositiveSmallIntegerField(
        _("seuil"), default=5, validators=[MinValueValidator(5), MaxValueValidator(100)]
    )
    sensitive_threshold = models.PositiveSmallIntegerField(
        _("seuil des termes sensibles"), default=10, validators=[MinValueValidator(10), MaxValueValidator(200)]
    )
    smallest_area = models.PositiveSmallIntegerField(
        _("plus petite population d'un territoire"), default=40, validators=[MinValueValidator(40)]
    )
    consent = models.TextField(_("accord sur l'activité publiée"), blank=True, max_length=1000)
    consent_on = models.DateField(_("accord donné le"), null=True, blank=True)
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("règle de protection")
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=5, sensitive_threshold__gte=10, smallest_area__gte=40),
                name="statistics_policy_upward",
                violation_error_message=_("Les seuils de protection ne descendent jamais sous 5, 10 et 40."),
            ),
            models.CheckConstraint(
                condition=Q(consent="") | Q(consent_on__isnull=False),
                name="statistics_policy_consent_dated",
                violation_error_message=_("Un accord porte la date à laquelle il a été donné."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} – {self.threshold}"
