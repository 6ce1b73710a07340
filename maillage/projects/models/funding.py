import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.core.text import stems
from maillage.directory.models import Organization
from maillage.projects.amounts import AmountField
from maillage.projects.deadlines import SOON, Deadline, deadline
from maillage.projects.enums import FunderKind, FundingState
from maillage.territories.models import Division

from .project import Project


class FundingSource(models.Model):
    """A programme of a funder: what it supports, on what conditions, until when (« source de financement »).

    `themes` are words of the source itself; they are compared with a project's by their stems.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("programme"), max_length=200)
    funder = models.CharField(_("bailleur"), max_length=200)
    organization = models.ForeignKey(
        Organization, verbose_name=_("au répertoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("type"), max_length=11, choices=FunderKind, default=FunderKind.PUBLIC)
    url = models.URLField(_("adresse"), blank=True, max_length=500)
    supports = models.TextField(_("ce qu'il soutient"), blank=True, max_length=3000)
    conditions = models.TextField(_("conditions"), blank=True, max_length=3000)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)  # plain words
    territories = models.ManyToManyField(Division, verbose_name=_("territoires"), blank=True, related_name="+")
    least = AmountField(_("montant minimal"), null=True, blank=True)
    most = AmountField(_("montant maximal"), null=True, blank=True)
    opens_on = models.DateField(_("ouvre le"), null=True, blank=True)
    closes_on = models.DateField(_("date limite"), null=True, blank=True)
    is_yearly = models.BooleanField(_("revient chaque année"), default=False)
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)
    is_retired = models.BooleanField(_("retiré"), default=False)
    search = models.TextField(blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("source de financement")
        verbose_name_plural = _("sources de financement")
        ordering = ["funder", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=models.F("least")),
                name="projects_source_amounts",
                violation_error_message=_("Le montant maximal est plus petit que le minimal."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.funder}"

    def save(self, *args: Any, **options: Any) -> None:
        """Keep what searching compares."""
        self.search = stems(" ".join([self.name, self.funder, self.supports, *map(str, self.themes)]))
        super().save(*args, **options)

    @property
    def stands(self) -> Deadline:
        """Where it stands today: open, to come, over."""
        return deadline(self.opens_on, self.closes_on, self.is_yearly, timezone.localdate())


class FundingRequestQuerySet(models.QuerySet["FundingRequest"]):
    """Requests to funders."""

    def visible_to(self, actor: Any) -> "FundingRequestQuerySet":
        """Those of the projects that `actor` sees."""
        return self.filter(project__in=Project.objects.visible_to(actor).order_by().values("pk"))


class FundingRequest(models.Model):
    """A project asks a funder: what, when, and what was answered."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="funding_requests")
    source = models.ForeignKey(
        FundingSource,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
    )
    funder = models.CharField(_("bailleur (autre)"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=FundingState, default=FundingState.TO_MAKE)
    asked = AmountField(_("demandé"), null=True, blank=True)
    asked_on = models.DateField(_("demandé le"), null=True, blank=True)
    due_on = models.DateField(_("à déposer pour le"), null=True, blank=True)
    granted = AmountField(_("accordé"), null=True, blank=True)
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    reason = models.CharField(_("raison ou conditions"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FundingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de financement")
        verbose_name_plural = _("demandes de financement")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(funder=""),
                name="projects_fundingrequest_to",
                violation_error_message=_("Dites à qui la demande est faite."),
            )
        ]

    def __str__(self) -> str:
        return self.funder or str(self.source)

    @property
    def is_late(self) -> bool:
        """Whether it was to be made before today and was not."""
        return self._waits_until(-timedelta(days=1))

    @property
    def is_soon(self) -> bool:
        """Whether it is to be made within a month."""
        return self._waits_until(SOON)

    def _waits_until(self, ahead: timedelta) -> bool:
        if self.state != FundingState.TO_MAKE or self.due_on is None:
            return False
        return self.due_on <= timezone.localdate() + ahead
