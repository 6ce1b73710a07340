import uuid
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=30)


class ImportState(models.TextChoices):
    """Where an import stands."""

    CHECKING = "checking", _("En examen")
    CHECKED = "checked", _("Examiné")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminé")
    FAILED = "failed", _("Refusé")
    INTERRUPTED = "interrupted", _("Interrompu")


class ImportJob(models.Model):
    """A file that somebody imports, from its upload to the report. The file is private and deleted after 30 days.

    `columns` (None until the person or the recognition says it), `options` and `layer` are what was asked; `report` is
    what the last examination found, `message` why it failed. The kernel knows no app: the person is named by id.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    importer = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(_("fichier"), max_length=250)
    size = models.PositiveBigIntegerField(_("taille en octets"), default=0)
    state = models.CharField(_("état"), max_length=12, choices=ImportState, default=ImportState.CHECKING)
    layer = models.CharField(_("feuille ou couche"), max_length=200, blank=True)
    columns = models.JSONField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    accept_partial = models.BooleanField(_("importer les bonnes lignes malgré les autres"), default=False)
    report = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.importer}: {self.file_name}"


class ImportMapping(models.Model):
    """The columns that served for files with the same titles, to be proposed again."""

    importer = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["importer", "id"]
        constraints = [models.UniqueConstraint(fields=["importer", "signature"], name="core_import_mapping_once")]

    def __str__(self) -> str:
        return f"{self.importer} {self.signature[:8]}"
