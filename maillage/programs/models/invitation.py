from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.enums import Role

from .membership import Membership
from .program import Program


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def pending(self) -> "InvitationQuerySet":
        """Invitations neither accepted nor revoked; some of them may have expired (`is_expired`)."""
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self, now: datetime | None = None) -> "InvitationQuerySet":
        """Invitations whose link still opens."""
        return self.pending().filter(expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """Somebody is invited by e-mail to a programme with a role. Only a hash of the link's secret is kept.

    `membership` is set when the invitation gives an account to a worker whom the programme knows already (imported
    journal), and once the invitation is accepted.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("courriel"))
    full_name = models.CharField(_("nom"), max_length=150)
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_sent")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expire le"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "email", "role"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="programs_invitation_once",
                violation_error_message=_("Cette personne a déjà une invitation en attente pour ce rôle."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.get_role_display()})"

    @property
    def is_expired(self) -> bool:
        """Whether its time has run out."""
        return self.expires_at <= timezone.now()
