from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.programs.enums import Role

from .program import Program


class Invitation(models.Model):
    """Somebody is invited by e-mail to a programme with a role. Only a hash of the link's secret is kept."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("courriel"))
    full_name = models.CharField(_("nom"), max_length=150)
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_sent")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expire le"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.get_role_display()})"
