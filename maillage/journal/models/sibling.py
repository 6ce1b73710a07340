import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.journal.enums import OperationKind, SiblingOutcome
from maillage.programs.enums import Role
from maillage.programs.models import Membership

from .entry import Entry
from .operation import SyncOperation


class SiblingQuerySet(models.QuerySet["Sibling"]):
    """Versions that wait beside an entry."""

    def waiting(self) -> "SiblingQuerySet":
        """Those that nobody settled yet."""
        return self.filter(settled_at=None)

    def visible_to(self, actor: Any) -> "SiblingQuerySet":
        """Those one made, those of entries one tells, and those of the programmes that `actor` coordinates now."""
        if not actor.is_authenticated:
            return self.none()
        coordinated = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
        teams = Membership.objects.current().team().filter(user=actor).values("program")
        own = Q(made_by=actor) | Q(entry__worker__user=actor)
        return self.filter(Q(entry__program__in=coordinated) | (Q(entry__program__in=teams) & own))


class Sibling(models.Model):
    """What an entry would also say: a correction or a deletion made from a version that was no longer the last
    (« version à concilier »). Nothing chooses between it and the entry but a person.

    `content` is the draft as an `EntryRevision` keeps it; a deletion has none. `base` is the revision it started from.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="siblings")
    operation = models.OneToOneField(SyncOperation, on_delete=models.PROTECT, related_name="sibling")
    kind = models.CharField(max_length=8, choices=OperationKind)
    base = models.PositiveIntegerField()
    content = models.JSONField(_("contenu"), default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=SiblingOutcome, blank=True)

    objects = SiblingQuerySet.as_manager()

    class Meta:
        verbose_name = _("version à concilier")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.kind})"
