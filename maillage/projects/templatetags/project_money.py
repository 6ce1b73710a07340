"""How amounts of money are printed: `{{ sum|money }}` → « 5 500 $ », `5 500,50 $` when there are cents."""

from decimal import Decimal
from typing import Any

from django import template

from maillage.projects.amounts import dollars

register = template.Library()


@register.filter
def money(value: Any) -> str:
    """An amount with its unit; nothing for None."""
    return dollars(value) if isinstance(value, Decimal) else ""
