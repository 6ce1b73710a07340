"""The sections above a group's page: `{% group_tabs seen.group "meetings" %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from maillage.concertation.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("core/sections.html")
def group_tabs(group: Any, current: str) -> dict[str, Any]:
    """The sections of `group`, `current` marked."""
    return {"sections": tabs_of(group, current), "label": _("Sections du groupe")}
