"""The ways of reading a plan, in the order of the work."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Code → label, name of the address (which takes the plan's uid). Each subject adds its own when its page stands.
PLAN_TABS: dict[str, tuple[str | Promise, str]] = {
    "table": (_("Actions"), "projects:plan"),
    "board": (_("Colonnes"), "projects:plan_board"),
    "objectives": (_("Objectifs"), "projects:objectives"),
    "timeline": (_("Ligne du temps"), "projects:plan_timeline"),
    "print": (_("Page à imprimer"), "projects:plan_print"),
    "reviews": (_("Bilan"), "projects:plan_reviews"),
}


@dataclass(frozen=True, slots=True)
class PlanTab:
    """A way of reading as it stands above a plan's page."""

    label: Any
    href: str
    current: bool


def tabs_of_plan(plan: Any, current: str) -> list[PlanTab]:
    """The ways of reading `plan`, the one with the code `current` marked."""
    return [
        PlanTab(label, reverse(name, args=[plan.uid]), code == current) for code, (label, name) in PLAN_TABS.items()
    ]
