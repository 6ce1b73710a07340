"""Rows of calendars and messages. Members of our group: tenant, partner, worker; outreach is its secretary, coordinator coordinates it."""

from typing import Any
from urllib.parse import urlsplit

from maillage.concertation.models import CalendarFeed
from maillage.concertation.services.calendar_feeds import open_feed
from maillage.core.mailing.links import choices_address
from maillage.core.models import OutgoingMail
from maillage.territories.models import Division

from .concertation import Line, nothing, our_group
from .world import World


def _message(world: World) -> OutgoingMail:
    """A message that was refused."""
    values = {"to": "ana@exemple.test", "subject": "Rencontre", "topic": "digest", "state": "refused"}
    return OutgoingMail.objects.get_or_create(event="essai", defaults=values)[0]


def _token(world: World) -> dict[str, Any]:
    return {"token": urlsplit(choices_address(_message(world))).path.split("/")[-2]}


def _territory(world: World) -> dict[str, Any]:
    return {"pk": Division.objects.order_by("pk").first().pk}


def _feed(world: World) -> tuple[CalendarFeed, str]:
    """The address of our worker, of our group."""
    worker = world.ours.members["worker"].user
    return open_feed(actor=worker, group=world.ours.group)


def _secret(world: World) -> dict[str, Any]:
    return {"secret": _feed(world)[1]}


LINES: list[Line] = [
    ("concertation:calendar", "GET", "222222222", nothing, "", nothing, True),
    ("concertation:calendar", "GET", "222222222", nothing, "?vue=mois&quoi=miennes", nothing, True),
    ("concertation:calendar", "GET", "222222222", nothing, "?vue=carte&type=inconnu&groupe=99", nothing, True),
    ("concertation:calendar_points", "GET", "222222222", nothing, "", nothing, True),
    ("concertation:calendar_territory", "GET", "222222222", _territory, "", nothing, True),
    ("concertation:calendar_territory", "GET", "444444444", lambda world: {"pk": 999_999}, "", nothing),
    ("concertation:calendar_territory_points", "GET", "222222222", _territory, "", nothing, True),
    ("concertation:territory_feed", "GET", "222222222", _territory, "", nothing, True),
    ("concertation:public_feed", "GET", "222222222", nothing, "", nothing, True),
    ("concertation:private_feed", "GET", "444444444", lambda world: {"secret": "inventé"}, "", nothing),
    ("concertation:private_feed", "GET", "222222222", _secret, "", nothing, True),
    ("concertation:feeds", "GET", "L22222222", nothing, "", nothing),
    ("concertation:feeds", "POST", "L22222222", nothing, "", nothing),
    ("concertation:feeds", "POST", "L42242224", nothing, "", lambda world: {"group": world.ours.group.pk}),
    ("concertation:feed_close", "GET", "LMMMMMMMM", lambda world: {"pk": _feed(world)[0].pk}, "", nothing),
    ("concertation:feed_close", "POST", "L4444R444", lambda world: {"pk": _feed(world)[0].pk}, "", nothing),
    ("concertation:calendar_import", "GET", "L4FF4F222", our_group, "", nothing),
    ("concertation:calendar_import", "POST", "L4FF4FUUU", our_group, "", nothing),
    ("core:mail_choices", "GET", "222222222", _token, "", nothing),
    ("core:mail_choices", "POST", "RRRRRRRRR", _token, "", nothing),
    ("core:mail_choices", "GET", "444444444", lambda world: {"token": "invente"}, "", nothing),
    ("core:my_mail_choices", "GET", "L22222222", nothing, "", nothing),
    ("core:my_mail_choices", "POST", "LRRRRRRRR", nothing, "", nothing),
    ("portal:messages", "GET", "L44444442", nothing, "", nothing),
    ("portal:message_again", "GET", "LMMMMMMMM", lambda world: {"pk": _message(world).pk}, "", nothing),
    ("portal:message_again", "POST", "L4444444R", lambda world: {"pk": _message(world).pk}, "", nothing),
]
