from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.territories.models import Division

from .group import Group


class CalendarFeed(models.Model):
    """An address from which a calendar is read without signing in: of a person's groups, or of one group.

    Only a hash of its secret is kept; taking it back closes it at once. A territory's public calendar needs none.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds")
    territory = models.ForeignKey(Division, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("nom"), max_length=120, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("abonnement à un calendrier")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name
