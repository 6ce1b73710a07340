"""The lines of the menu for groups, their calendar and their web."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from maillage.core.navigation import Item


def menu_items() -> Iterable[Item]:
    """What concertation adds to the menu and to the phone's bottom bar."""
    return (
        Item(
            _("Mes groupes"),
            "concertation:groups",
            "people",
            "concerter",
            10,
            bar=4,
            short=_("Groupes"),
        ),
        Item(_("Toile des organisations"), "concertation:web", "diagram-3", "concerter", 60),
        Item(_("Calendrier"), "concertation:calendar", "calendar3", "concerter", 20),
    )
