"""The ways of reading a plan, above its pages: `{% plan_tabs seen.plan "board" %}`."""

from typing import Any

from django import template

from maillage.projects.plan_tabs import tabs_of_plan

register = template.Library()


@register.inclusion_tag("projects/plans/tabs.html")
def plan_tabs(plan: Any, current: str) -> dict[str, Any]:
    """The ways of reading `plan`, `current` marked."""
    return {"tabs": tabs_of_plan(plan, current), "plan": plan}
