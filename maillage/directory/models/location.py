from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import LocationKind
from maillage.territories.models import Division

from .exchanged import Exchanged
from .organization import Organization
from .service import Part, Service
from .taxonomy import TaxonomyTerm


class Location(Exchanged):
    """A place where services are given (« point de service »), or the line by which one is reached."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="locations",
    )
    kind = models.CharField(_("type"), max_length=8, choices=LocationKind, default=LocationKind.PHYSICAL)
    name = models.CharField(_("nom du lieu"), max_length=250, blank=True)
    description = models.TextField(_("comment s'y retrouver"), blank=True, max_length=4000)
    transportation = models.TextField(_("transport"), blank=True, max_length=2000)
    url = models.URLField(_("adresse web"), max_length=500, blank=True)
    address_1 = models.CharField(_("adresse"), max_length=250, blank=True)
    address_2 = models.CharField(_("complément d'adresse"), max_length=250, blank=True)
    city = models.CharField(_("localité"), max_length=120, blank=True)
    region = models.CharField(_("région"), max_length=120, blank=True)
    province = models.CharField(_("province"), max_length=60, default="QC", blank=True)
    postal_code = models.CharField(_("code postal"), max_length=12, blank=True)
    country = models.CharField(_("pays"), max_length=2, default="CA", blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    municipality = models.ForeignKey(
        Division,
        verbose_name=_("municipalité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="service_locations",
    )

    class Meta(Exchanged.Meta):
        verbose_name = _("point de service")
        verbose_name_plural = _("points de service")
        ordering = ["name", "id"]
        constraints = [
            *Exchanged.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="directory_location_coordinates",
                violation_error_message=_(
                    "La latitude va de −90 à 90 et la longitude de −180 à 180, les deux ou aucune."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address_1 or self.url


class Accessibility(Part):
    """What makes a place easy, or hard, to use: a term of the taxonomy « accessibilité », words, or both."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibilities")
    term = models.ForeignKey(
        TaxonomyTerm, verbose_name=_("aménagement"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    description = models.CharField(_("en mots"), max_length=500, blank=True)
    details = models.TextField(_("précisions"), blank=True, max_length=2000)
    url = models.URLField(_("page web"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("accessibilité d'un lieu")
        ordering = ["location", "id"]

    def __str__(self) -> str:
        return self.description or str(self.term)


class ServiceLocation(Part):
    """A service is given at a place (HSDS `service_at_location`)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="service_locations")
    description = models.TextField(_("à cet endroit"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("service en un lieu")
        ordering = ["service", "id"]
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="directory_servicelocation_once")]

    def __str__(self) -> str:
        return f"{self.service_id}@{self.location_id}"
