import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import ItemKind

from .agenda import AgendaItem
from .meeting import Meeting
from .member import Member


class MeetingInvitation(models.Model):
    """Somebody was written to about a meeting: they hear when it moves, when it is called off, and before it.

    `member` is None for an address that the group added for this meeting only.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(_("courriel"))
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation à une rencontre")
        verbose_name_plural = _("invitations à une rencontre")
        ordering = ["meeting", "email"]
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="concertation_invitation_once")]

    def __str__(self) -> str:
        return self.email


class ProposedItem(models.Model):
    """A member asks that something be spoken of; those who prepare the meeting take it in the agenda (`item`) or decline."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposed_items")
    title = models.CharField(_("point"), max_length=200)
    kind = models.CharField(_("pour"), max_length=12, choices=ItemKind, default=ItemKind.DISCUSSION)
    details = models.TextField(_("précisions"), blank=True, max_length=5000)
    minutes = models.PositiveSmallIntegerField(_("minutes souhaitées"), null=True, blank=True)
    proposed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposed_as"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("point proposé")
        verbose_name_plural = _("points proposés")
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return self.title
