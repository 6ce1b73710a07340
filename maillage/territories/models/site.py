import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.territories.enums import HousingProgram, Level, Tenure

from .division import Division


class HousingSite(models.Model):
    """A housing site (« milieu d'habitation »): one or several buildings let together.

    The address is for those who work there; everybody else sees the municipality. Coordinates are kept as given and
    shown to others rounded to 0.01°. Who may see a site is decided above (`programs` knows who works where).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("numéro au registre"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    tenure = models.CharField(_("mode d'occupation"), max_length=10, choices=Tenure)
    housing_program = models.CharField(_("programme d'habitation"), max_length=10, choices=HousingProgram, blank=True)
    clienteles = models.JSONField(_("clientèles"), default=list, blank=True)
    municipality = models.ForeignKey(
        Division,
        verbose_name=_("municipalité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sites",
    )
    mrc = models.ForeignKey(
        Division,
        verbose_name=_("MRC"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mrc_sites",
    )
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    units = models.PositiveIntegerField(_("logements"), null=True, blank=True)
    accessible_units = models.PositiveIntegerField(_("logements accessibles"), null=True, blank=True)
    units_by_size = models.JSONField(_("logements par nombre de chambres"), default=dict, blank=True)
    occupied_since = models.PositiveSmallIntegerField(_("occupé depuis"), null=True, blank=True)
    has_common_room = models.BooleanField(_("salle communautaire"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    search = models.CharField(max_length=600, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("milieu d'habitation")
        verbose_name_plural = _("milieux d'habitation")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["mrc", "tenure"], name="territories_site_mrc")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="territories_site_coordinates",
                violation_error_message=_(
                    "La latitude va de −90 à 90 et la longitude de −180 à 180, les deux ou aucune."
                ),
            ),
            models.CheckConstraint(
                condition=Q(units=None) | Q(units__lte=5000),
                name="territories_site_units",
                violation_error_message=_("Un milieu compte au plus 5 000 logements."),
            ),
        ]

    LEVELS = {"municipality": Level.MUNICIPALITY, "mrc": Level.MRC}

    def __str__(self) -> str:
        return self.name
