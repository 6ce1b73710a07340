import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.models import Membership, Program
from maillage.projects.enums import ActivityKind, TravelUnit
from maillage.territories.models import HousingSite

from .activity import Activity


def of_team(actor: Any) -> Any:
    """The programmes in whose team `actor` is today."""
    return Membership.objects.current().team().filter(user=actor).order_by().values("program")


class RoadMatrix(models.Model):
    """Travel between sites that was measured on roads and loaded from a file; without one, distances come from coordinates."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="road_matrices")
    name = models.CharField(_("nom"), max_length=200)
    unit = models.CharField(_("unité"), max_length=7, choices=TravelUnit, default=TravelUnit.KM)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("table de trajets")
        verbose_name_plural = _("tables de trajets")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Road(models.Model):
    """Travel from one site to another, in the unit of its matrix."""

    matrix = models.ForeignKey(RoadMatrix, on_delete=models.CASCADE, related_name="roads")
    start = models.ForeignKey(HousingSite, on_delete=models.CASCADE, related_name="+")
    end = models.ForeignKey(HousingSite, on_delete=models.CASCADE, related_name="+")
    travel = models.FloatField()

    class Meta:
        verbose_name = _("trajet")
        ordering = ["matrix", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "start", "end"], name="projects_road_once"),
            models.CheckConstraint(condition=Q(travel__gte=0), name="projects_road_travel"),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


class TwinningQuerySet(models.QuerySet["Twinning"]):
    """Twinnings."""

    def visible_to(self, actor: Any) -> "TwinningQuerySet":
        """Those of the programmes in whose team `actor` is; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        return self if actor.is_administrator else self.filter(program__in=of_team(actor))


class Twinning(models.Model):
    """Sites are grouped so that each group has enough participants for an activity (« jumelage » of source 001).

    `most_travel` is the farthest that somebody goes, in the unit of `matrix` (kilometres without one). `proposal` is the answer of
    the solver as it was when it was asked, with what it says of itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="twinnings")
    title = models.CharField(_("activité"), max_length=200)
    kind = models.CharField(_("type"), max_length=10, choices=ActivityKind, default=ActivityKind.COURSE)
    provider = models.ForeignKey(
        Organization, verbose_name=_("offerte par"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    least = models.PositiveSmallIntegerField(_("participants au moins"))
    most = models.PositiveSmallIntegerField(_("participants au plus"))
    most_travel = models.FloatField(_("trajet maximal"))
    matrix = models.ForeignKey(
        RoadMatrix,
        verbose_name=_("table de trajets"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposal = models.JSONField(default=dict, blank=True, editable=False)
    proposed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TwinningQuerySet.as_manager()

    class Meta:
        verbose_name = _("jumelage")
        verbose_name_plural = _("jumelages")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=1, most__gte=F("least")),
                name="projects_twinning_size",
                violation_error_message=_("Le minimum est d'au moins 1 et le maximum d'au moins le minimum."),
            ),
            models.CheckConstraint(
                condition=Q(most_travel__gte=0),
                name="projects_twinning_travel",
                violation_error_message=_("Le trajet maximal n'est pas négatif."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TwinningSite(models.Model):
    """A site that would take part: how many people there, and whether it can receive the others."""

    twinning = models.ForeignKey(Twinning, on_delete=models.CASCADE, related_name="sites")
    site = models.ForeignKey(HousingSite, on_delete=models.CASCADE, related_name="+")
    interested = models.PositiveSmallIntegerField(_("personnes intéressées"))
    can_host = models.BooleanField(_("peut recevoir"), default=True)

    class Meta:
        verbose_name = _("milieu d'un jumelage")
        verbose_name_plural = _("milieux d'un jumelage")
        ordering = ["site__name", "id"]
        constraints = [models.UniqueConstraint(fields=["twinning", "site"], name="projects_twinningsite_once")]

    def __str__(self) -> str:
        return str(self.site)


class TwinningGroup(models.Model):
    """A grouping that was kept: its host, its sites, and the shared activity it gave birth to."""

    twinning = models.ForeignKey(Twinning, on_delete=models.CASCADE, related_name="groups")
    host = models.ForeignKey(HousingSite, on_delete=models.PROTECT, related_name="+")
    sites = models.ManyToManyField(HousingSite, related_name="+")
    expected = models.PositiveSmallIntegerField()
    travel = models.FloatField()  # of all who travel, together
    activity = models.OneToOneField(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="twinning_group"
    )

    class Meta:
        verbose_name = _("regroupement d'un jumelage")
        verbose_name_plural = _("regroupements d'un jumelage")
        ordering = ["twinning", "id"]

    def __str__(self) -> str:
        return f"{self.twinning} – {self.host}"
