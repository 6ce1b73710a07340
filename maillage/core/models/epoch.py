import uuid

from django.db import models


class Epoch(models.Model):
    """One life of the database: a restore starts another, so that mirrors and devices know to start over."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.token)
