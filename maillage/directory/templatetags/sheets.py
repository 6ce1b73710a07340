"""Filters of the directory's pages: nothing that a file says becomes an address without being one."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext as _

from maillage.directory.quality import quality_in_words
from maillage.directory.upkeep_words import Freshness, freshness

register = template.Library()
_CALLED = re.compile(r"[^0-9+*#]")


@register.filter
def web_address(value: str) -> str:
    """`value` when it is an address of the web, else nothing: a link never runs anything."""
    try:
        parts = urlsplit((value or "").strip())
    except ValueError:
        return ""
    return value.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


@register.filter
def bare_address(value: str) -> str:
    """An address as people say it: without « https:// » nor a final slash."""
    return re.sub(r"^https?://(?:www\.)?", "", value.strip(), flags=re.I).rstrip("/")


@register.filter
def calls(phone: Any) -> str:
    """What a telephone dials for a `Phone`: its digits, then its extension."""
    number = _CALLED.sub("", phone.number)
    extension = _CALLED.sub("", phone.extension or "")
    return f"tel:{number}{';ext=' + extension if extension else ''}" if number else ""


@register.filter
def place_line(location: Any) -> str:
    """The postal address of a place, on one line."""
    city = " ".join(part for part in (location.city, f"({location.province})" if location.province else "") if part)
    parts = (location.address_1, location.address_2, city if location.city else "", location.postal_code)
    return ", ".join(part for part in parts if part)


@register.filter
def ages(service: Any) -> str:
    """« 18 ans et plus », « de 6 à 12 ans », « jusqu'à 17 ans »; nothing when any age is taken."""
    low, high = service.minimum_age, service.maximum_age
    if low is None and high is None:
        return ""
    if high is None:
        return _("{low} ans et plus").format(low=low)
    if not low:
        return _("jusqu'à {high} ans").format(high=high)
    return _("de {low} à {high} ans").format(low=low, high=high)


@register.filter
def fresh(service: Any) -> Freshness:
    """« À jour le… », and whether it is to be checked."""
    return freshness(service)


@register.filter
def whole(service: Any) -> str:
    """How complete the sheet is, in words."""
    return quality_in_words(service.quality)


@register.filter
def kilometres(distance: Any) -> str:
    """A distance as a person says it: « à 800 m », « à 3 km »."""
    if distance is None:
        return ""
    if distance < 1:
        return _("à {metres} m").format(metres=max(round(distance * 10), 1) * 100)
    return _("à {kilometres} km").format(kilometres=round(distance))
