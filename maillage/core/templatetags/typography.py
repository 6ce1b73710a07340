"""Filters that print numbers as the reader's language does; built into every template."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from maillage.core import typography

register = template.Library()


def _language() -> str:
    return get_language() or "fr"


@register.filter
def number(value: Any, digits: int = 0) -> str:
    """`{{ n|number }}` → « 1 234 »."""
    return typography.number(value, int(digits), _language()) if value not in ("", None) else ""


@register.filter
def percent(value: Any, digits: int = 0) -> str:
    """`{{ share|percent }}` → « 85 % »."""
    return typography.percent(value, int(digits), _language()) if value not in ("", None) else ""


@register.filter
def duration(value: Any) -> str:
    """`{{ minutes|duration }}` → « 1 h 35 »."""
    return typography.hours(value, _language()) if value not in ("", None) else ""


@register.filter
def day(value: Any) -> str:
    """`{{ date|day }}` → « 1er mai 2014 »; a moment is shown as its day where the reader is."""
    if value in ("", None):
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return typography.day(value, _language())


@register.filter
def typographic(value: Any) -> str:
    """A sentence of the product, composed where no template is: no line that begins with « : » or « » »."""
    return typography.typographic(str(value)) if _language().startswith("fr") else str(value)
