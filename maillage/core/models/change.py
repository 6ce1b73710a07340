from django.db import models


class Change(models.Model):
    """One line of the change log: something of `stream` named `key` was written in this transaction.

    Readers that keep a mirror (the facts of statistics) follow it with `core.changes.read_since`. On PostgreSQL a
    column `xid`, added by the migration, says which transaction wrote the line: a sequence is not commit-ordered.
    """

    stream = models.CharField(max_length=40)
    key = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["stream", "id"], name="core_change_stream")]

    def __str__(self) -> str:
        return f"{self.stream}:{self.key}"
