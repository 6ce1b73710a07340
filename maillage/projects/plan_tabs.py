"""The ways of reading a plan, in the order of the work."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.core.sections import Section, sections_of

# Code → label, name of the address (which takes the plan's uid). Each subject adds its own when its page stands.
PLAN_TABS: dict[str, tuple[str | Promise, str]] = {
    "table": (_("Actions"), "projects:plan"),
    "board": (_("Colonnes"), "projects:plan_board"),
    "objectives": (_("Objectifs"), "projects:objectives"),
    "timeline": (_("Ligne du temps"), "projects:plan_timeline"),
    "print": (_("Page à imprimer"), "projects:plan_print"),
    "reviews": (pgettext_lazy("plan", "Bilan"), "projects:plan_reviews"),
}


def tabs_of_plan(plan: Any, current: str) -> list[Section]:
    """The ways of reading `plan`, the one with the code `current` marked."""
    return sections_of(PLAN_TABS, plan.uid, current)
