"""The sections of a project's pages, in the order of the work."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.core.sections import Section, sections_of

# Code → label, name of the address (which takes the project's slug). Each subject adds its own when its page stands.
TABS: dict[str, tuple[str | Promise, str]] = {
    "project": (_("Aperçu"), "projects:project"),
    "team": (_("Équipe et partenaires"), "projects:project_team"),
    "plans": (_("Plans d'action"), "projects:project_plans"),
    "activities": (_("Activités"), "projects:project_activities"),
    "support": (_("Soutien"), "projects:project_applications"),
    "results": (_("Retombées"), "projects:results"),
    "funding": (_("Financement"), "projects:project_funding"),
    "documents": (_("Documents et photos"), "projects:documents"),
}


def tabs_of(project: Any, current: str) -> list[Section]:
    """The sections of `project`, the one with the code `current` marked."""
    return sections_of(TABS, project.slug, current)
