"""The sections of a project's pages, in the order of the work."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


@dataclass(frozen=True, slots=True)
class Tab:
    """A section as it stands above a project's page."""

    label: Any
    href: str
    current: bool


def tabs_of(project: Any, current: str) -> list[Tab]:
    """The sections of `project`, the one with the code `current` marked."""
    return [Tab(label, reverse(name, args=[project.slug]), code == current) for code, (label, name) in TABS.items()]
