"""The journal's lines of the menu."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from maillage.core.navigation import Item

from .queries import reads_a_journal, writes_a_journal
from .unmet.asking import belongs_to_a_program


def menu_items() -> Iterable[Item]:
    """What the journal adds to the menu and to the phone's bottom bar."""
    return (
        Item(
            _("Inscrire une intervention"),
            "journal:new",
            "plus-lg",
            "inscrire",
            10,
            shown=writes_a_journal,
            bar=3,
            short=_("Inscrire"),
        ),
        Item(_("Sur cet appareil"), "journal:field", "phone", "inscrire", 20, shown=writes_a_journal),
        Item(
            _("Mes suivis"),
            "journal:follow_ups",
            "check-circle",
            "suivre",
            5,
            shown=reads_a_journal,
            bar=2,
            short=_("Suivis"),
        ),
        Item(_("Journal"), "journal:list", "journal-text", "suivre", 10, shown=reads_a_journal),
        Item(_("À régler"), "journal:to_settle", "list-check", "suivre", 12, shown=writes_a_journal),
        Item(
            _("Besoins sans réponse"),
            "journal:unmet",
            "exclamation-circle",
            "suivre",
            30,
            shown=belongs_to_a_program,
        ),
        Item(_("Appareils"), "journal:devices", "phone", "suivre", 14, shown=reads_a_journal),
    )
