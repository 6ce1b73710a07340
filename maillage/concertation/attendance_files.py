"""Files that those who prepare a meeting take away: who registered, who was there."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .models import Meeting
from .registering import LIVE, access_labels, arrival_code

CHUNK = 500


def registration_columns() -> list[str]:
    """Titles of the list of registrations."""
    return [
        _("Rang"),
        _("État"),
        _("Nom"),
        _("Courriel"),
        _("Organisation"),
        _("À titre de"),
        _("Présence"),
        _("Ce que la personne demande"),
        _("Précisions"),
        _("Code d'arrivée"),
    ]


def registration_rows(meeting: Meeting) -> Iterator[list[Any]]:
    """Those who hold a place, then those who wait, in the order in which they asked."""
    live = meeting.registrations.filter(state__in=LIVE).select_related("organization").order_by("state", "rank")
    for one in live.iterator(chunk_size=CHUNK):
        yield [
            one.rank,
            one.get_state_display(),
            one.name,
            one.email,
            one.organization.name if one.organization else one.organization_name,
            one.get_capacity_display(),
            one.get_presence_display(),
            access_labels(one.asked_for),
            one.access_note,
            arrival_code(one),
        ]


def attendance_columns() -> list[str]:
    """Titles of the list of attendance."""
    return [_("Nom"), _("Organisation"), _("À titre de"), _("Présence"), _("Arrivée"), _("Nombre de personnes")]


def attendance_rows(meeting: Meeting) -> Iterator[list[Any]]:
    """Those who were there and are named, then the guests, by number alone."""
    named = meeting.attendances.select_related("organization", "registration").order_by("name", "id")
    for one in named.iterator(chunk_size=CHUNK):
        written = one.registration.organization_name if one.registration else ""
        yield [
            one.name,
            one.organization.name if one.organization else written,
            one.get_capacity_display(),
            one.get_presence_display(),
            one.arrived_at,
            1,
        ]
    for guests in meeting.guests.order_by("capacity"):
        yield [_("(sans nom)"), "", guests.get_capacity_display(), "", None, guests.count]
