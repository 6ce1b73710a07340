"""What the pages of grants print: which of them somebody may open, shares and means of scores."""

from typing import Any

from django import template
from django.utils.translation import get_language

from maillage.core.typography import number, percent
from maillage.projects.grant_rights import can_read_committee, can_read_outcome
from maillage.projects.models import Fund

register = template.Library()


@register.simple_tag(takes_context=True)
def grant_doors(context: template.Context, fund: Fund) -> dict[str, Any]:
    """`{% grant_doors fund as doors %}`: whether the reader opens the committee's list and the table of what was given."""
    actor = context["request"].user
    committee = bool(can_read_committee(actor, fund))
    return {"committee": committee, "outcome": committee or bool(can_read_outcome(actor, fund))}


@register.filter
def share(value: Any) -> str:
    """A share from 0 to 1, exact, as a percentage: `{{ summary.share|share }}` → « 82 % »."""
    return percent(float(value), 0, _language()) if value is not None else ""


@register.filter
def mean(value: Any) -> str:
    """A mean of scores, exact, with one decimal: « 3,7 »."""
    return number(float(value), 1, _language()) if value is not None else ""


def _language() -> str:
    return get_language() or "fr"
