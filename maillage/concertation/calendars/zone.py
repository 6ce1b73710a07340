"""The time zone of the house, as calendars carry it."""

from functools import cache

from icalendar import Timezone

# What clocks do in America/Toronto since 2007: forward on the second Sunday of March, back on the first of November.
TORONTO = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:America/Toronto",
        "X-LIC-LOCATION:America/Toronto",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "TZNAME:EDT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "TZNAME:EST",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    )
)


@cache
def zone() -> Timezone:
    """America/Toronto, with its two changes a year."""
    return Timezone.from_ical(TORONTO)
