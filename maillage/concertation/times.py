"""Moments as people type and read them: days and hours of America/Toronto, kept as moments in UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import dateformat, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core import typography

LOCAL = ZoneInfo("America/Toronto")


def moment(day: date, clock: time) -> datetime:
    """The moment of `clock` on `day` in Toronto; of an hour that comes twice in autumn, the first.

    Raises `ValidationError` for an hour that the spring's change of time skips.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None)).replace(tzinfo=LOCAL)
    found = local.astimezone(UTC)
    if found.astimezone(LOCAL).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(
            _("Le %(day)s, on avance l'heure : %(clock)s n'existe pas. Choisissez une autre heure.")
            % {"day": typography.day(day, _language()), "clock": clock_words(clock)}
        )
    return found


def day_words(value: date) -> str:
    """A day with its name: « mardi 24 novembre 2026 »."""
    language = _language()
    name = dateformat.format(value, "l")
    comma = "" if language.startswith("fr") else ","
    return f"{name}{comma} {typography.day(value, language)}"


def clock_words(value: time | datetime) -> str:
    """An hour: « 13 h 30 », « 9 h », `1:30 p.m.`."""
    if not _language().startswith("fr"):
        return dateformat.time_format(value, "g:i a")
    minutes = f"{typography.NBSP}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{typography.NBSP}h{minutes}"


def span_words(starts: datetime | None, ends: datetime | None) -> str:
    """When something is: « mardi 24 novembre 2026, de 13 h 30 à 15 h 30 »; nothing without a beginning."""
    if starts is None:
        return ""
    starts = timezone.localtime(starts, LOCAL)
    if ends is None:
        return f"{day_words(starts)}, {clock_words(starts)}"
    ends = timezone.localtime(ends, LOCAL)
    if starts.date() == ends.date():
        return _("%(day)s, de %(from)s à %(to)s") % {
            "day": day_words(starts),
            "from": clock_words(starts),
            "to": clock_words(ends),
        }
    return _("du %(first)s, %(from)s, au %(last)s, %(to)s") % {
        "first": day_words(starts),
        "from": clock_words(starts),
        "last": day_words(ends),
        "to": clock_words(ends),
    }


def _language() -> str:
    return get_language() or "fr"
