"""The sections of a group's pages, in the order of the work."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.core.sections import Section, sections_of

from .enums import GroupKind

# Code → label, name of the address (which takes the group's slug).
TABS: dict[str, tuple[str | Promise, str]] = {
    "group": (_("Aperçu"), "concertation:group"),
    "meetings": (_("Rencontres"), "concertation:meetings"),
    "needs": (_("Besoins"), "concertation:needs"),
    "decisions": (_("Décisions"), "concertation:decisions"),
    "follow_ups": (_("Suivis"), "concertation:follow_ups"),
    "questions": (_("Questions"), "concertation:questions"),
    "initiatives": (_("Initiatives"), "concertation:initiatives"),
    "value": (_("Valeur"), "concertation:value"),
    "members": (_("Membres"), "concertation:members"),
    "about": (_("Le groupe"), "concertation:group_about"),
}


def register(code: str, label: str | Promise, name: str, after: str = "initiatives") -> None:
    """Let a higher floor add its section to the pages of groups, right after `after`; called from `AppConfig.ready`."""
    lines = [line for line in TABS.items() if line[0] != code]
    place = next((rank for rank, (known, _line) in enumerate(lines) if known == after), len(lines) - 1)
    lines.insert(place + 1, (code, (label, name)))
    TABS.clear()
    TABS.update(lines)


# Sections that only a community of practice needs from its first day.
OF_COMMUNITY = {"value"}


def tabs_of(group: Any, current: str) -> list[Section]:
    """The sections of `group`, the one with the code `current` marked."""
    return sections_of(TABS, group.slug, current, () if group.kind == GroupKind.COMMUNITY else OF_COMMUNITY)
