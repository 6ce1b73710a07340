"""The lines of the menu for projects, plans, support and what goes with them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from maillage.core.navigation import Item
from maillage.journal.queries import reads_a_journal
from maillage.programs.queries import current_program


def works_in_a_program(request: HttpRequest) -> bool:
    """Whether there is a programme whose results the person may read."""
    return request.user.is_authenticated and current_program(request) is not None


def menu_items() -> Iterable[Item]:
    """What projects add to the menu; each subject adds its line when its page stands."""
    return (
        Item(_("Projets"), "projects:projects", "kanban", "agir", 10),
        Item(_("Activités"), "projects:activities", "calendar3", "agir", 20),
        Item(_("Soutien aux projets"), "projects:funds", "cash-coin", "agir", 40),
        Item(_("Chercher du financement"), "projects:funding_sources", "search", "agir", 45),
        Item(_("Jumelages"), "projects:twinnings", "signpost-split", "agir", 70, shown=reads_a_journal),
        Item(_("Systèmes de vigilance"), "projects:schemes", "bell", "agir", 80, shown=reads_a_journal),
        Item(_("Retombées"), "projects:results_home", "star", "rendre-compte", 30, shown=works_in_a_program),
        Item(_("Démarches"), "projects:processes", "flag", "agir", 50),
        Item(_("Plans d'action"), "projects:plans", "list-check", "agir", 15),
    )
