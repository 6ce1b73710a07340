"""What keeps the directory true: troubles found, pairs that look alike, searches that people keep."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import PairState, TroubleKind

from .organization import Organization
from .service import Service


class SheetTrouble(models.Model):
    """An address of a sheet that did not answer when it was last tried; gone when it answers again."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="troubles")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="troubles"
    )
    kind = models.CharField(_("trouble"), max_length=8, choices=TroubleKind)
    value = models.CharField(_("adresse essayée"), max_length=500)
    reason = models.CharField(_("réponse"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("vu le"))
    times = models.PositiveIntegerField(_("fois de suite"), default=1)

    class Meta:
        verbose_name = _("adresse en panne")
        ordering = ["-found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "value"], name="directory_trouble_service", condition=Q(organization=None)
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "value"],
                name="directory_trouble_organization",
                condition=Q(service=None),
            ),
        ]

    def __str__(self) -> str:
        return self.value


class ServicePair(models.Model):
    """Two services that look alike. `likeness` goes from 0 to 100; `low` has the smaller number."""

    low = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(_("décision"), max_length=8, choices=PairState, default=PairState.PROPOSED)
    decided_by_id = models.BigIntegerField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("services semblables")
        ordering = ["-likeness", "id"]
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="directory_servicepair_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="directory_servicepair_order"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} ~ {self.high_id}"


class SavedSearch(models.Model):
    """A search that somebody keeps, under a name of theirs: `query` is the address's query."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("nom"), max_length=120)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("recherche gardée")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="directory_savedsearch_name",
                violation_error_message=_("Vous avez déjà une recherche de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name
