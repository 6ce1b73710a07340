"""The sections above a project's page: `{% project_tabs seen.project "meetings" %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from maillage.projects.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("core/sections.html")
def project_tabs(project: Any, current: str) -> dict[str, Any]:
    """The sections of `project`, `current` marked."""
    return {"sections": tabs_of(project, current), "label": _("Sections du projet")}
