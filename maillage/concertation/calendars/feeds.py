"""What the addresses that calendars follow give."""

import hashlib
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.models import CalendarFeed, Meeting
from maillage.territories.models import Division

from .secrets_kept import digest_of
from .seen import SHOWN, groups_of, inside
from .writing import feed_text

BEHIND, AHEAD = timedelta(days=180), timedelta(days=730)
MOST = 1000  # events of a calendar


def feed_of(secret: str) -> CalendarFeed | None:
    """The address that a secret opens, closed ones included; None when there is none, or its person is gone."""
    found = CalendarFeed.objects.filter(secret_hash=digest_of(secret), user__is_active=True)
    return found.select_related("user", "group").first()


def private_text(feed: CalendarFeed) -> str:
    """The calendar of a person's groups, or of the one asked for, as long as they are a member of it."""
    groups = groups_of(feed.user)
    if feed.group_id is not None:
        groups = groups.filter(pk=feed.group_id)
    found = _window(Meeting.objects.filter(group__in=groups.order_by().values("pk")))
    with translation.override(feed.user.language or "fr-ca"):
        return feed_text(found, name=feed.name or _("Mes groupes"), private=True)


def public_text(territory: Division | None) -> str:
    """The calendar of what is announced to everybody, in a territory or everywhere."""
    found = Meeting.objects.public()
    if territory is not None:
        found = found.filter(inside(territory))
    name = _("Rencontres : %s") % territory.name if territory else _("Rencontres annoncées à tout le monde")
    return feed_text(_window(found), name=name, private=False)


def etag_of(text: str) -> str:
    """What tells a client that nothing changed."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _window(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    now = timezone.now()
    found = meetings.filter(state__in=SHOWN, ends_at__gt=now - BEHIND, starts_at__lt=now + AHEAD)
    return found.select_related("group").order_by("starts_at", "id")[:MOST]
