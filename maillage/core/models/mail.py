import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("En attente d'envoi")
    SENDING = "sending", _("En train de partir")
    SENT = "sent", _("Envoyé")
    REFUSED = "refused", _("Refusé par le serveur de courriel")
    BOUNCED = "bounced", _("Revenu")
    DECLINED = "declined", _("Non envoyé : la personne ne veut pas de ces messages")
    UNCERTAIN = "uncertain", _("Interrompu : parti ou non, on ne le sait pas")


class OutgoingMail(models.Model):
    """A message to one address, for one event: the database keeps it from being written twice.

    `topic` is what a person may decline («group.12.invitations»); a message without topic is always sent.
    A worker takes a message (`SENDING`, `not_before` says when) before it sends it: two never send the same.
    `attachments` are `[{"name", "type", "text"}]`. The text is wiped some time after it was sent (`maillage tidy`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(max_length=200)
    topic = models.CharField(max_length=80, blank=True)
    to = models.EmailField()
    language = models.CharField(max_length=10, default="fr-ca")
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["event", "to"], name="core_mail_once")]
        indexes = [models.Index(fields=["state", "not_before"], name="core_mail_state")]

    def __str__(self) -> str:
        return self.subject


class MailChoice(models.Model):
    """An address declines the messages of a topic; whoever holds a message of it may say so, without account."""

    email = models.EmailField()
    topic = models.CharField(max_length=80)
    declined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["email", "topic", "id"]
        constraints = [models.UniqueConstraint(fields=["email", "topic"], name="core_mailchoice_once")]

    def __str__(self) -> str:
        return self.topic
