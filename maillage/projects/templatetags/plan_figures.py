"""A measure or a target as it is read: `{{ action.target|figure }}`."""

from typing import Any

from django import template
from django.utils.translation import get_language

from maillage.core.typography import number

register = template.Library()


@register.filter
def figure(value: Any) -> str:
    """A decimal, without decimals where there are none."""
    if value is None or value == "":
        return ""
    return number(value, 0 if value == int(value) else 2, get_language() or "fr")
