"""The sections above a group's page: `{% group_tabs seen.group "meetings" %}`."""

from typing import Any

from django import template

from maillage.concertation.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("concertation/tabs.html")
def group_tabs(group: Any, current: str) -> dict[str, Any]:
    """The sections of `group`, `current` marked."""
    return {"tabs": tabs_of(group, current), "group": group}
