from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.enums import TenantBodyKind, TenantBodyStatus
from maillage.territories.models import HousingSite

from .organization import Organization


class TenantBody(models.Model):
    """A body of tenants: association, committee, CCR. Never a list of who belongs to it."""

    kind = models.CharField(_("type"), max_length=10, choices=TenantBodyKind)
    name = models.CharField(_("nom"), max_length=200)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("office ou propriétaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tenant_bodies",
    )
    sites = models.ManyToManyField(HousingSite, verbose_name=_("milieux"), blank=True, related_name="tenant_bodies")
    status = models.CharField(_("état"), max_length=10, choices=TenantBodyStatus, default=TenantBodyStatus.FORMING)
    recognised_on = models.DateField(_("reconnue le"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissoute le"), null=True, blank=True)
    members_count = models.PositiveIntegerField(_("nombre de membres"), null=True, blank=True)
    last_assembly_on = models.DateField(_("dernière assemblée générale"), null=True, blank=True)

    class Meta:
        verbose_name = _("instance de locataires")
        verbose_name_plural = _("instances de locataires")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=TenantBodyStatus.DISSOLVED) | Q(dissolved_on__isnull=False),
                name="directory_tenant_body_dissolved",
                violation_error_message=_("Donnez la date de la dissolution."),
            )
        ]

    def __str__(self) -> str:
        return self.name
