import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A partner whose files feed the directory: what came from it is compared with its next file."""

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    website = models.URLField(_("site web"), blank=True)
    licence = models.CharField(_("licence des données"), max_length=200, blank=True)
    imported_at = models.DateTimeField(_("dernier import"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("source")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Exchanged(models.Model):
    """A row that travels between directories. `uid` is its identifier everywhere; `source_key` the one that its source
    gave it, when that is none of ours. `beyond` keeps, untouched, what a file says and the product does not use."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_key = models.CharField(_("numéro chez la source"), max_length=200, blank=True)
    gone_on = models.DateField(_("retirée par la source le"), null=True, blank=True)
    beyond = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source_key=""),
                name="%(app_label)s_%(class)s_source",
                violation_error_message=_("Une fiche de cette source porte déjà ce numéro."),
            )
        ]
