import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import PollReply

from .meeting import Meeting
from .member import Member


class PollOption(models.Model):
    """A date proposed for a meeting that has none yet."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="poll_options")
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))

    class Meta:
        verbose_name = _("date proposée")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="concertation_polloption_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="concertation_polloption_times"),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)


class PollAnswer(models.Model):
    """What a member says of a proposed date."""

    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="poll_answers")
    reply = models.CharField(max_length=10, choices=PollReply)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("réponse à une date proposée")
        ordering = ["option", "member"]
        constraints = [models.UniqueConstraint(fields=["option", "member"], name="concertation_pollanswer_once")]

    def __str__(self) -> str:
        return f"{self.member} : {self.reply}"
