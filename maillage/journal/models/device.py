import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices of the field journal."""

    def visible_to(self, actor: Any) -> "DeviceQuerySet":
        """One's own; those of the teams that `actor` coordinates now; all for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        coordinated = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
        teams = Membership.objects.filter(program__in=coordinated, role__in=TEAM).values("user")
        return self.filter(Q(user=actor) | Q(user__in=teams))


class Device(models.Model):
    """A browser in which one person writes the journal without network (« appareil »).

    `uid` is chosen by the browser; a shared phone is one device for each person. `public_key` is a P-256 point (65 bytes):
    it verifies what the device signs. `contiguous` is the last number below which no operation is missing, `highest` the
    last received, `gaps` the runs between them that never came (`[first, last, since]`, in seconds of Unix time) and
    `gap_since` when the oldest of them was first seen. `waiting`, `oldest_at` and `persisted` are what
    the device said last; `skew_seconds` how far its clock was ahead of ours.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(_("appareil"), max_length=120, blank=True)
    public_key = models.BinaryField(max_length=65)
    enrolled_at = models.DateTimeField(_("depuis"), auto_now_add=True)
    seen_at = models.DateTimeField(_("dernier envoi"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True, blank=True)
    revoked_by_id = models.BigIntegerField(null=True, editable=False)
    contiguous = models.PositiveBigIntegerField(default=0)
    highest = models.PositiveBigIntegerField(default=0)
    gaps = models.JSONField(default=list, blank=True, editable=False)
    gap_since = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(_("en attente"), default=0)
    oldest_at = models.DateTimeField(null=True, blank=True)
    persisted = models.BooleanField(null=True)
    skew_seconds = models.BigIntegerField(default=0)
    app_version = models.CharField(max_length=40, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appareil")
        ordering = ["-enrolled_at", "-id"]

    def __str__(self) -> str:
        return self.label or str(self.uid)[:8]
