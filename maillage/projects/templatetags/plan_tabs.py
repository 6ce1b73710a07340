"""The ways of reading a plan, above its pages: `{% plan_tabs seen.plan "board" %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from maillage.projects.plan_tabs import tabs_of_plan

register = template.Library()


@register.inclusion_tag("core/sections.html")
def plan_tabs(plan: Any, current: str) -> dict[str, Any]:
    """The ways of reading `plan`, `current` marked."""
    return {"sections": tabs_of_plan(plan, current), "label": _("Lectures du plan")}
