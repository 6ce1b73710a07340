import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import OrganizationKind, PrivacyRegime
from maillage.territories.models import Division

from .exchanged import Exchanged


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Names of organizations are public knowledge for every person who signs in."""

    def active(self) -> "OrganizationQuerySet":
        """Organizations that still exist."""
        return self.filter(closed_on=None)


class Organization(Exchanged):
    """An organization: housing office, community organization, establishment, ministry…

    `external_id` is its number in the register of this region; `source_key` that of the partner who sent its sheet.
    """

    name = models.CharField(_("nom"), max_length=250)
    short_name = models.CharField(_("sigle"), max_length=60, blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=OrganizationKind, default=OrganizationKind.OTHER)
    privacy_regime = models.CharField(
        _("régime de protection des renseignements"),
        max_length=8,
        choices=PrivacyRegime,
        default=PrivacyRegime.HEALTH,
    )
    external_id = models.CharField(_("numéro externe"), max_length=80, blank=True)
    division = models.ForeignKey(
        Division,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organizations",
    )
    description = models.TextField(_("mission"), blank=True, max_length=10_000)
    legal_status = models.CharField(_("forme juridique"), max_length=120, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(_("fondée en"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("fait partie de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    website = models.URLField(_("site web"), blank=True)
    email = models.EmailField(_("courriel général"), blank=True)
    phone = models.CharField(_("téléphone général"), max_length=40, blank=True)
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)
    search = models.CharField(max_length=600, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta(Exchanged.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            *Exchanged.Meta.constraints,
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="directory_organization_external",
                violation_error_message=_("Une organisation porte déjà ce numéro."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(models.Model):
    """A number that a register gave to an organization: Québec enterprise number (NEQ), charity number…"""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="identifiers")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.CharField(_("registre"), max_length=120, blank=True)
    kind = models.CharField(_("type de numéro"), max_length=120)
    value = models.CharField(_("numéro"), max_length=120)

    class Meta:
        verbose_name = _("numéro d'une organisation")
        ordering = ["organization", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "value"], name="directory_organizationidentifier_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class OrganizationSuccession(models.Model):
    """On `on`, `successor` took up `predecessor` (offices merged in 2018…)."""

    predecessor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField(_("en date du"), null=True, blank=True)

    class Meta:
        verbose_name = _("succession d'organisations")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="directory_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="directory_succession_other",
                violation_error_message=_("Une organisation ne peut pas se succéder à elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
