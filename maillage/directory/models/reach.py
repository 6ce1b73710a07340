"""How a service is reached: telephones, contacts by function, languages, hours. Each line belongs to one thing only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import Frequency

from .location import Location, ServiceLocation
from .organization import Organization
from .service import Part, Service


def belongs_to_one(*names: str) -> Q:
    """Exactly one of these keys is given."""
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


class Contact(Part):
    """Whom to ask for: a function first; a name only when the organization wants it public."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    service_location = models.ForeignKey(
        ServiceLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    function = models.CharField(_("fonction"), max_length=200, blank=True)
    department = models.CharField(_("service ou direction"), max_length=200, blank=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    email = models.EmailField(_("courriel"), blank=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=belongs_to_one("organization", "service", "location", "service_location"),
                name="directory_contact_of",
            )
        ]

    def __str__(self) -> str:
        return self.function or self.department or self.name


class Phone(Part):
    """A number to call. `kind` is a type of RFC 6350: voice, text, fax, cell, video, pager, textphone."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    service_location = models.ForeignKey(
        ServiceLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("téléphone"), max_length=60)
    extension = models.CharField(_("poste"), max_length=20, blank=True)
    kind = models.CharField(_("type"), max_length=20, blank=True, default="voice")
    description = models.CharField(_("précision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("téléphone")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=belongs_to_one("organization", "service", "location", "service_location", "contact"),
                name="directory_phone_of",
            )
        ]

    def __str__(self) -> str:
        return self.number


class SpokenLanguage(Part):
    """A language in which one is served (`code`: ISO 639-1 or -3)."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    phone = models.ForeignKey(Phone, null=True, blank=True, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("code"), max_length=8, blank=True)
    name = models.CharField(_("langue"), max_length=80, blank=True)
    note = models.CharField(_("précision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("langue parlée")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=belongs_to_one("service", "location", "phone"), name="directory_spokenlanguage_of"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Schedule(Part):
    """Hours, as a rule of RFC 5545. Times are those of the place (America/Toronto unless `utc_offset` is given).

    `byday`, `bymonthday`, `byweekno` and `byyearday` are the comma-separated lists of the RFC.
    """

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    location = models.ForeignKey(Location, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    service_location = models.ForeignKey(
        ServiceLocation, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules"
    )
    frequency = models.CharField(_("répétition"), max_length=8, choices=Frequency, blank=True)
    interval = models.PositiveSmallIntegerField(_("toutes les … fois"), default=1)
    byday = models.CharField(_("jours"), max_length=80, blank=True)
    bymonthday = models.CharField(_("jours du mois"), max_length=120, blank=True)
    byweekno = models.CharField(_("semaines de l'année"), max_length=200, blank=True)
    byyearday = models.CharField(_("jours de l'année"), max_length=200, blank=True)
    week_start = models.CharField(_("début de la semaine"), max_length=2, blank=True)
    dtstart = models.DateField(_("premier jour"), null=True, blank=True)
    until = models.DateField(_("dernière fois le"), null=True, blank=True)
    count = models.PositiveIntegerField(_("nombre de fois"), null=True, blank=True)
    valid_from = models.DateField(_("valable à partir du"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    opens_at = models.TimeField(_("ouvre à"), null=True, blank=True)
    closes_at = models.TimeField(_("ferme à"), null=True, blank=True)
    utc_offset = models.FloatField(null=True, blank=True)
    description = models.TextField(_("en mots"), blank=True, max_length=2000)
    attending_type = models.CharField(_("façon d'y assister"), max_length=200, blank=True)
    link = models.URLField(_("page de l'horaire"), max_length=500, blank=True)
    notes = models.TextField(_("notes"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("horaire")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=belongs_to_one("service", "location", "service_location"), name="directory_schedule_of"
            )
        ]

    def __str__(self) -> str:
        return self.description or f"{self.frequency} {self.byday} {self.opens_at}–{self.closes_at}"
