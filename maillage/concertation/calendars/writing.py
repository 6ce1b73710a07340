"""Meetings as calendars read them (RFC 5545, RFC 5546): one in an invitation, many in a feed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from maillage.concertation.enums import Access, MeetingState
from maillage.concertation.models import Meeting
from maillage.core.public_address import public_url

from .seen import page_of
from .zone import zone

PRODUCT = "-//Maillage//Concertation//FR"
TORONTO = ZoneInfo("America/Toronto")
REFRESH = timedelta(hours=6)  # how often a client that follows a feed should read it again
# What a file may not hold: control characters, and half characters that no encoding writes.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)))


def event_text(meeting: Meeting, method: str = "REQUEST", *, attendee: str = "") -> str:
    """The `.ics` of a meeting that has a date, to be attached to a message as `text/calendar; method=…`.

    `method` is REQUEST (an invitation, or its change) or CANCEL; what the client holds is replaced by the greater
    `sequence` of the same identifier. `attendee` is the address that the message goes to: strict clients offer to answer
    only to somebody who is invited. Raises `ValueError` when the meeting has no date.
    """
    held = _calendar(method)
    held.add_component(zone())
    held.add_component(_event(meeting, private=True, cancelled=method == "CANCEL", attendee=attendee, invites=True))
    return held.to_ical().decode()


def feed_text(meetings: Iterable[Meeting], *, name: str, private: bool) -> str:
    """A calendar that clients follow: each of `meetings` that has a date, those called off said as such.

    Each needs its `group`. A calendar that is not `private` carries no link for taking part from afar.
    """
    held = _calendar("PUBLISH")
    held.add("name", _clean(name))
    held.add("x-wr-calname", _clean(name))
    held.add("x-wr-timezone", "America/Toronto")
    held.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    held.add("x-published-ttl", REFRESH)
    held.add_component(zone())
    for meeting in meetings:
        if meeting.starts_at is not None and meeting.ends_at is not None:
            held.add_component(_event(meeting, private=private))
    return held.to_ical().decode()


def event_uid(meeting: Meeting) -> str:
    """What names the meeting in every calendar, for ever."""
    return f"{meeting.uid}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'maillage'}"


def _calendar(method: str) -> Calendar:
    held = Calendar()
    held.add("prodid", PRODUCT)
    held.add("version", "2.0")
    held.add("calscale", "GREGORIAN")
    held.add("method", method)
    return held


def _event(
    meeting: Meeting, *, private: bool, cancelled: bool = False, attendee: str = "", invites: bool = False
) -> Event:
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("a meeting without date is in no calendar")
    cancelled = cancelled or meeting.state == MeetingState.CANCELLED
    event = Event()
    event.add("uid", event_uid(meeting))
    event.add("dtstamp", _whole(meeting.updated_at).astimezone(UTC))
    event.add("dtstart", _whole(meeting.starts_at).astimezone(TORONTO))
    event.add("dtend", _whole(meeting.ends_at).astimezone(TORONTO))
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _clean(_("Annulée : %s") % meeting.title if cancelled else meeting.title))
    for label, value in (("location", _place(meeting)), ("description", _description(meeting, private))):
        if value:
            event.add(label, _clean(value))
    page = _page(meeting, private)
    if page:
        event.add("url", page)
    if meeting.latitude is not None and meeting.longitude is not None:
        event.add("geo", (meeting.latitude, meeting.longitude))
    event.add("categories", [_clean(str(meeting.get_kind_display()))])
    if invites:
        _invite(event, meeting, attendee)
    return event


def _invite(event: Event, meeting: Meeting, attendee: str) -> None:
    """Say who invites and who is invited: a REQUEST without organizer is refused by strict clients."""
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(_quotable(meeting.group.name))
    event["organizer"] = organizer
    if attendee:
        invited = vCalAddress(f"mailto:{attendee}")
        invited.params["role"] = vText("REQ-PARTICIPANT")
        invited.params["partstat"] = vText("NEEDS-ACTION")
        invited.params["rsvp"] = vText("FALSE")
        event.add("attendee", invited, encode=0)


def _place(meeting: Meeting) -> str:
    place = ", ".join(part for part in (meeting.place, meeting.address) if part)
    return place or (_("À distance") if meeting.online_url else "")


def _description(meeting: Meeting, private: bool) -> str:
    offers = [str(Access(code).label) for code in meeting.offers if code in Access.values]
    parts = [
        meeting.group.name,
        meeting.purpose.strip(),
        _("Pour participer à distance : %s") % meeting.online_url if private and meeting.online_url else "",
        _("Offert : %s") % ", ".join(offers) if offers else "",
        meeting.access_note,
        _("Raison de l'annulation : %s") % meeting.cancel_reason if meeting.cancel_reason else "",
    ]
    return "\n".join(part for part in parts if part)


def _page(meeting: Meeting, private: bool) -> str:
    path = page_of(meeting, (meeting.group_id,) if private else ())
    return public_url(path) if path else ""


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNWRITABLE)


def _quotable(text: str) -> str:
    """`text` as a parameter may hold it: without quotation marks nor line breaks."""
    return " ".join(_clean(text).replace('"', "'").split())
