import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import ItemKind

from .group import Group
from .meeting import Meeting
from .member import Member


class AgendaItem(models.Model):
    """An item of a meeting's agenda, with what the minutes say of it.

    `notes_revision` is what two secretaries who type at once are merged by. `carried_from` is the item that this one takes
    up from an earlier meeting.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("rang"), default=0)
    title = models.CharField(_("point"), max_length=200)
    kind = models.CharField(_("pour"), max_length=12, choices=ItemKind, default=ItemKind.INFORMATION)
    details = models.TextField(_("précisions"), blank=True, max_length=5000)
    minutes = models.PositiveSmallIntegerField(_("minutes prévues"), null=True, blank=True)
    led_by = models.ForeignKey(
        Member, verbose_name=_("porté par"), null=True, blank=True, on_delete=models.SET_NULL, related_name="items_led"
    )
    led_by_name = models.CharField(_("porté par (nom)"), max_length=200, blank=True)
    notes = models.TextField(_("ce qui s'est dit"), blank=True, max_length=20_000)
    notes_revision = models.PositiveIntegerField(default=0, editable=False)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )

    class Meta:
        verbose_name = _("point de l'ordre du jour")
        verbose_name_plural = _("points de l'ordre du jour")
        ordering = ["meeting", "position", "id"]

    def __str__(self) -> str:
        return self.title


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents of groups."""

    def visible_to(self, actor: Any) -> "DocumentQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Document(models.Model):
    """A file or an address that a group keeps, for one of its meetings, for an item of it, or for itself."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="documents")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents")
    title = models.CharField(_("titre"), max_length=200)
    url = models.URLField(_("adresse"), blank=True, max_length=500)
    digest = models.CharField(max_length=64, blank=True, editable=False)  # SHA-256 of the file: its name in the store
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    added_by_label = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document d'un groupe")
        verbose_name_plural = _("documents d'un groupe")
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(digest=""),
                name="concertation_document_something",
                violation_error_message=_("Joignez un fichier ou donnez une adresse."),
            )
        ]

    def __str__(self) -> str:
        return self.title
