import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import AffiliationRole

from .organization import Organization


class Person(models.Model):
    """Somebody who works or volunteers in organizations (« personne-ressource »): never a person met in the field.

    `user` is their account, when they have one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("courriel"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=60, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="directory_person",
    )
    is_listed = models.BooleanField(
        _("paraît au répertoire"), default=False, help_text=_("Seulement si la personne y consent.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("personne-ressource")
        verbose_name_plural = _("personnes-ressources")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Who is where."""

    def current(self) -> "AffiliationQuerySet":
        """Those in force today."""
        today = timezone.localdate()
        return self.filter(Q(start=None) | Q(start__lte=today), Q(end=None) | Q(end__gte=today))


class Affiliation(models.Model):
    """A person belongs to an organization, with a role, for a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="affiliations")
    role = models.CharField(_("rôle"), max_length=10, choices=AffiliationRole, default=AffiliationRole.STAFF)
    function = models.CharField(_("fonction"), max_length=200, blank=True)
    start = models.DateField(_("depuis"), null=True, blank=True)
    end = models.DateField(_("jusqu'au"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenance à une organisation")
        ordering = ["person", "-start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")),
                name="directory_affiliation_dates",
                violation_error_message=_("La fin précède le début."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organization}"
