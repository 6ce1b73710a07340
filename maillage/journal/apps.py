from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "maillage.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from maillage.core import imports, slots
        from maillage.core.navigation import Item, register
        from maillage.programs.signals import period_asked

        from .imports import EntryImporter
        from .period import object_to_period
        from .queries import reads_a_journal, writes_a_journal
        from .site_card import site_card

        period_asked.connect(object_to_period)
        imports.register(EntryImporter())
        slots.fill("site", "journal/site_card.html", site_card, order=10)
        register(
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
            Item(_("Journal"), "journal:list", "journal-text", "suivre", 10, shown=reads_a_journal, bar=2),
        )
