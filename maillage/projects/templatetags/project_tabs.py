"""The sections above a project's page, `{% project_tabs seen.project "meetings" %}`, and its stage, `{% project_stage "idea" %}`."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.projects.enums import ProjectStage
from maillage.projects.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("core/sections.html")
def project_tabs(project: Any, current: str) -> dict[str, Any]:
    """The sections of `project`, `current` marked."""
    return {"sections": tabs_of(project, current), "label": _("Sections du projet")}


@register.simple_tag
def project_stage(stage: str) -> SafeString:
    """The badge of a stage; drawn once for a language, lists show it on each line."""
    return _badge(stage, get_language())


@lru_cache(maxsize=64)
def _badge(stage: str, language: str | None) -> SafeString:
    return render_to_string("projects/project/_badge.html", {"stage": stage, "label": ProjectStage(stage).label})
