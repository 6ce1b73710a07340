"""Hours a week as they are read."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from maillage.core.typography import number

register = template.Library()


@register.filter
def weekly(value: Decimal | None) -> str:
    """Hours without useless decimals: `21.50` → « 21,5 », `161` → « 161 », None → nothing."""
    if value is None:
        return ""
    bare = Decimal(value).normalize()
    return number(bare, max(0, -int(bare.as_tuple().exponent)), get_language() or "fr")
