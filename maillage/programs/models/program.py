import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.enums import PartnerPart, ProgramKind, Role
from maillage.territories.enums import Tenure
from maillage.territories.models import Division, HousingSite

from .frame import CodingFrame


def default_coverage() -> list[str]:
    """The tenures whose sites the programme means to serve: offices, unless it says otherwise."""
    return ["omh"]


class ProgramQuerySet(models.QuerySet["Program"]):
    """Programmes."""

    def visible_to(self, actor: Any) -> "ProgramQuerySet":
        """Programmes that `actor` belongs to now, whatever the role; all of them for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        from .membership import Membership

        return self.filter(pk__in=Membership.objects.current().filter(user=actor).values("program"))


class Program(models.Model):
    """An agreement or démarche: its period, partners, sites, hours, people and coding frame."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("type"), max_length=25, choices=ProgramKind, default=ProgramKind.AGREEMENT)
    description = models.TextField(_("description"), blank=True, max_length=5000)
    start = models.DateField(_("début"))
    end = models.DateField(_("fin"), null=True, blank=True)
    territory = models.ForeignKey(
        Division,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programs",
    )
    frame = models.ForeignKey(
        CodingFrame,
        verbose_name=_("cadre de codification"),
        on_delete=models.PROTECT,
        related_name="programs",
    )
    previous_edition = models.ForeignKey(
        "self",
        verbose_name=_("édition précédente"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next_editions",
    )
    coverage_tenures = models.JSONField(_("parc visé"), default=default_coverage, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")),
                name="programs_program_dates",
                violation_error_message=_("La fin du programme précède son début."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an unknown tenure, and an edition that would not follow the one before it."""
        if unknown := sorted(set(self.coverage_tenures) - set(Tenure.values)):
            message = _("Mode d'occupation inconnu : %(code)s.")
            raise ValidationError({"coverage_tenures": ValidationError(message, params={"code": ", ".join(unknown)})})
        before = self.previous_edition
        if before and self.start and before.start >= self.start:
            raise ValidationError({"start": _("Une nouvelle édition commence après l'édition précédente.")})

    def covers(self, day: date) -> bool:
        """Whether `day` is in the programme's period."""
        return self.start <= day and (self.end is None or day <= self.end)


class PartnerOrganization(models.Model):
    """An organization takes part in a programme."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="partnerships")
    part = models.CharField(_("part"), max_length=12, choices=PartnerPart, default=PartnerPart.SIGNATORY)
    since = models.DateField(_("depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation partenaire")
        ordering = ["part", "organization__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "organization"],
                name="programs_partner_once",
                violation_error_message=_("Cette organisation est déjà partenaire du programme."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} – {self.get_part_display()}"


class ProgramSite(models.Model):
    """A site that a programme covers: whether it is served, since when, and whether it is a chosen « milieu ciblé »."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="program_sites")
    site = models.ForeignKey(HousingSite, on_delete=models.PROTECT, related_name="program_sites")
    is_served = models.BooleanField(_("desservi"), default=False)
    is_targeted = models.BooleanField(_("milieu ciblé"), default=False)
    served_from = models.DateField(_("desservi depuis"), null=True, blank=True)
    served_to = models.DateField(_("desservi jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("milieu couvert")
        ordering = ["site__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "site"],
                name="programs_site_once",
                violation_error_message=_("Ce milieu est déjà couvert par le programme."),
            ),
            models.CheckConstraint(
                condition=Q(is_served=True) | Q(is_targeted=False),
                name="programs_site_targeted_served",
                violation_error_message=_("Un milieu ciblé est un milieu desservi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} – {self.site}"


class SupportHours(models.Model):
    """Hours a week that a role gives in an MRC."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="support_hours")
    division = models.ForeignKey(
        Division, verbose_name=_("MRC"), on_delete=models.PROTECT, related_name="support_hours"
    )
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    hours_per_week = models.DecimalField(_("heures par semaine"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("heures de soutien")
        ordering = ["division__code", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "division", "role"],
                name="programs_hours_once",
                violation_error_message=_("Les heures de ce rôle dans cette MRC sont déjà inscrites."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=0, hours_per_week__lte=2000),
                name="programs_hours_range",
                violation_error_message=_("Les heures par semaine vont de 0 à 2 000."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division}: {self.hours_per_week} h"
