from django.db import models


class AuditEvent(models.Model):
    """Who did what to which object, when: written by the service that did it, in its transaction, never changed.

    The kernel knows no app, so objects and persons are named by type and id rather than by foreign keys; a label
    keeps the line readable once the object is gone. `changes` maps a field to `[before, after]` and never holds the
    text of a note.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"], name="core_audit_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_type} {self.object_id}"
