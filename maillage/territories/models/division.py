from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.territories.enums import Level


class DivisionQuerySet(models.QuerySet["Division"]):
    """Divisions are public knowledge: everybody sees them all."""

    def at(self, level: str) -> "DivisionQuerySet":
        """Divisions of one level."""
        return self.filter(level=level)

    def on(self, day: date) -> "DivisionQuerySet":
        """Divisions that exist on `day`."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Division(models.Model):
    """A territory with an official or agreed code: region, MRC, municipality, local community…

    `name` is the name in use; former names stand in `DivisionName`, limits in `Boundary`, mergers in `Succession`.
    """

    level = models.CharField(_("niveau"), max_length=20, choices=Level)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("nom"), max_length=150)
    designation = models.CharField(_("désignation"), max_length=20, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("fait partie de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("année de la population"), null=True, blank=True)
    latitude = models.FloatField(_("latitude d'un point intérieur"), null=True, blank=True)
    longitude = models.FloatField(_("longitude d'un point intérieur"), null=True, blank=True)
    valid_from = models.DateField(_("existe depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu'au"), null=True, blank=True)
    search = models.CharField(max_length=400, blank=True, editable=False)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["level", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code"],
                name="territories_division_code",
                violation_error_message=_("Une division de ce niveau porte déjà ce code."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="territories_division_dates",
                violation_error_message=_("La division finirait avant de commencer."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DivisionName(models.Model):
    """A name that a division bore for a time (« Robert-Cliche » before « Beauce-Centre »)."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("nom"), max_length=150)
    valid_from = models.DateField(_("depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("nom porté")
        ordering = ["division", "valid_from", "id"]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The limits of a division for a time, in WGS84, as a GeoJSON geometry rounded to 0.00001° (about a metre)."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="boundaries")
    geometry = models.TextField(_("géométrie GeoJSON"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_schematic = models.BooleanField(_("limites schématiques"), default=False)
    valid_from = models.DateField(_("depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu'au"), null=True, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("limites")
        ordering = ["division", "-valid_from", "-id"]
        constraints = [models.UniqueConstraint(fields=["division", "digest"], name="territories_boundary_once")]

    def __str__(self) -> str:
        return f"{self.division} ({self.source})"


class Succession(models.Model):
    """On `on`, `successor` took up all or part of `predecessor` (merger, division, change of status)."""

    predecessor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField(_("en date du"))

    class Meta:
        verbose_name = _("succession de divisions")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="territories_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="territories_succession_other",
                violation_error_message=_("Une division ne peut pas se succéder à elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
