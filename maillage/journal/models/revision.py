from django.db import models
from django.utils.translation import gettext_lazy as _

from .entry import Entry


class EntryRevision(models.Model):
    """What an entry said before a change: the whole of it, so that nothing is silently overwritten."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by_id = models.BigIntegerField(null=True)
    replaced_by_label = models.CharField(max_length=200, blank=True)
    content = models.JSONField(_("contenu"))

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["entry", "revision"], name="journal_revision_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} r{self.revision}"
