"""The sections above a project's page: `{% project_tabs seen.project "meetings" %}`."""

from typing import Any

from django import template

from maillage.projects.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("projects/tabs.html")
def project_tabs(project: Any, current: str) -> dict[str, Any]:
    """The sections of `project`, `current` marked."""
    return {"tabs": tabs_of(project, current), "project": project}
