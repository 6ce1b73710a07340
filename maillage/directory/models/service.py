import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import Fee, ServiceStatus
from maillage.territories.models import Division

from .exchanged import Exchanged
from .organization import Organization
from .taxonomy import TaxonomyTerm

SHORT_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no letter that is taken for another when it is dictated


def short_code() -> str:
    """What stands at the end of a short address."""
    return "".join(secrets.choice(SHORT_ALPHABET) for _place in range(7))


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services of the directory."""

    def offered(self) -> "ServiceQuerySet":
        """Services that a person may be sent to, now or after a pause."""
        return self.filter(
            status__in=(ServiceStatus.ACTIVE, ServiceStatus.PAUSED), merged_into=None, organization__closed_on=None
        )

    def visible_to(self, actor: Any) -> "ServiceQuerySet":
        """Everybody reads what is offered; those who sign in also read what is no longer."""
        return self if actor.is_authenticated else self.offered()


class Service(Exchanged):
    """What an organization offers, to whom, where, when and how (« service »). Public; it names no person met.

    `revision` counts the changes: two editors never overwrite each other. `checked_on` is the day on which somebody
    last said that the sheet is exact, `asked_at` when its organization was last asked. `quality` (0 to 100) is computed.
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(_("nom"), max_length=250)
    alternate_name = models.CharField(_("autre nom"), max_length=250, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=10_000)
    status = models.CharField(_("état"), max_length=20, choices=ServiceStatus, default=ServiceStatus.ACTIVE)
    website = models.URLField(_("page web"), max_length=500, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    application_process = models.TextField(_("comment l'obtenir"), blank=True, max_length=4000)
    fee = models.CharField(_("coût"), max_length=10, choices=Fee, blank=True)
    fee_note = models.TextField(_("précisions sur le coût"), blank=True, max_length=4000)
    eligibility = models.TextField(_("conditions d'admission"), blank=True, max_length=4000)
    minimum_age = models.PositiveSmallIntegerField(_("âge minimal"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("âge maximal"), null=True, blank=True)
    wait_time = models.CharField(_("délai d'attente"), max_length=300, blank=True)
    interpretation = models.CharField(_("interprétation"), max_length=500, blank=True)
    accreditations = models.TextField(_("accréditations"), blank=True, max_length=4000)
    alert = models.CharField(_("avis temporaire"), max_length=1000, blank=True)
    divisions = models.ManyToManyField(Division, through="ServiceArea", related_name="services")
    terms = models.ManyToManyField(TaxonomyTerm, through="ServiceTerm", related_name="services")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    short_code = models.CharField(max_length=10, unique=True, default=short_code, editable=False)
    checked_on = models.DateField(_("à jour le"), null=True, blank=True)
    checked_by_label = models.CharField(max_length=200, blank=True, editable=False)
    asked_at = models.DateTimeField(_("relancé le"), null=True, blank=True, editable=False)
    quality = models.PositiveSmallIntegerField(_("qualité de la fiche"), default=0, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = ServiceQuerySet.as_manager()

    class Meta(Exchanged.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "id"]
        constraints = [
            *Exchanged.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(minimum_age__lte=F("maximum_age")),
                name="directory_service_ages",
                violation_error_message=_("L'âge minimal dépasse l'âge maximal."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="directory_service_merged",
                violation_error_message=_("Un service ne se fusionne pas avec lui-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """A line of a sheet: it has no life without it. `uid` is its identifier in exchanges."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    beyond = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class ServiceTerm(Part):
    """A term that describes a service."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_terms")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="service_terms")

    class Meta:
        verbose_name = _("terme d'un service")
        ordering = ["service", "term", "id"]
        constraints = [models.UniqueConstraint(fields=["service", "term"], name="directory_serviceterm_once")]

    def __str__(self) -> str:
        return f"{self.service_id}:{self.term_id}"


class ServiceArea(Part):
    """Where the people live whom a service takes: a division, or words when it is none."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    division = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("en mots"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("territoire d'un service")
        ordering = ["service", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(division=None, name=""),
                name="directory_servicearea_said",
                violation_error_message=_("Dites quel territoire le service couvre."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.division)


class CostOption(Part):
    """A price, or a condition under which it changes."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    option = models.CharField(_("condition"), max_length=300, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("devise"), max_length=3, default="CAD", blank=True)
    description = models.CharField(_("précision"), max_length=500, blank=True)
    valid_from = models.DateField(_("à partir du"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("tarif")
        ordering = ["service", "id"]

    def __str__(self) -> str:
        return self.option or str(self.amount)


class RequiredDocument(Part):
    """What a person must bring."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="documents")
    document = models.CharField(_("document à apporter"), max_length=300)

    class Meta:
        verbose_name = _("document à apporter")
        ordering = ["service", "id"]

    def __str__(self) -> str:
        return self.document
