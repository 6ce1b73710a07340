from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from maillage.journal.enums import OperationKind, OperationState
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program

from .device import Device

_TO_SETTLE = "\"journal_syncoperation\".\"state\" IN ('rejected', 'held')"


class SyncOperationQuerySet(models.QuerySet["SyncOperation"]):
    """Operations received from devices."""

    def to_settle(self) -> "SyncOperationQuerySet":
        """Those that a person must look at: refused by a rule, or held for the coordination.

        In plain words of SQL: SQLite takes a partial index only for constants, and the few that wait stand among all
        that was ever received.
        """
        waits = RawSQL(_TO_SETTLE, (), output_field=models.BooleanField())  # noqa: S611 (constants)
        return self.filter(waits)

    def visible_to(self, actor: Any) -> "SyncOperationQuerySet":
        """Those of one's own devices, and those of the programmes that `actor` coordinates now."""
        if not actor.is_authenticated:
            return self.none()
        coordinated = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
        return self.filter(Q(device__user=actor) | Q(program__in=coordinated))


class SyncOperation(models.Model):
    """What a device asked of the journal, once (« opération »): `uid` is its idempotency key, `seq` its number on the
    device, `digest` what was signed (another content under the same key is refused). The primary key is the order of
    arrival.

    `body` stays, as it came, only while somebody must settle it; `sealed_with` names the key that opens it ("" when it
    came open). `problems` says why it was refused: `[field, sentence]` pairs. `revision` is what the entry became.
    """

    uid = models.UUIDField(unique=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="operations")
    seq = models.PositiveBigIntegerField()
    program = models.ForeignKey(Program, null=True, on_delete=models.PROTECT, related_name="operations")
    entry_uid = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=OperationKind)
    base = models.PositiveIntegerField(default=0)
    schema = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("état"), max_length=10, choices=OperationState)
    revision = models.PositiveIntegerField(default=0)
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(_("faite le"), null=True)
    made_offset = models.SmallIntegerField(default=0)
    age_ms = models.BigIntegerField(null=True)
    clock_doubtful = models.BooleanField(default=False)
    received_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    body = models.BinaryField(null=True)
    sealed_with = models.CharField(max_length=16, blank=True)
    problems = models.JSONField(default=list, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_id = models.BigIntegerField(null=True)
    settled_reason = models.CharField(_("raison"), max_length=300, blank=True)

    objects = SyncOperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("opération")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["device", "seq"], name="journal_operation_seq"),
            models.Index(
                fields=["program", "id"],
                condition=Q(state__in=("rejected", "held")),
                name="journal_operation_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_uid} ({self.state})"
