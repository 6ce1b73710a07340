"""Opens and closes the addresses from which calendars are followed."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.calendars.secrets_kept import digest_of
from maillage.concertation.models import CalendarFeed, Group
from maillage.core.errors import Refused
from maillage.core.services import audit

MOST = 20  # open addresses of one person


@transaction.atomic
def open_feed(*, actor: Any, group: Group | None = None, name: str = "") -> tuple[CalendarFeed, str]:
    """Open an address for `actor`, of all their groups or of one; gives it with its secret, which nobody reads again.

    The caller fetched `group` as `actor` sees it. Raises `Refused` beyond the number that a person may keep.
    """
    if CalendarFeed.objects.filter(user=actor, revoked_at=None).count() >= MOST:
        raise Refused(_("Vous avez déjà {n} adresses ouvertes : fermez-en une d'abord.").format(n=MOST))
    secret = secrets.token_urlsafe(32)
    name = " ".join(name.split())[:120] or (group.name[:120] if group else _("Mes groupes"))
    feed = CalendarFeed.objects.create(user=actor, group=group, name=name, secret_hash=digest_of(secret))
    audit(actor=actor, verb="concertation.feed_opened", obj=feed)
    return feed, secret


@transaction.atomic
def close_feed(*, actor: Any, feed: CalendarFeed) -> None:
    """Close an address of `actor` at once; closing it twice is closing it once."""
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk, user=actor)
    if feed.revoked_at is None:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit(actor=actor, verb="concertation.feed_closed", obj=feed)
