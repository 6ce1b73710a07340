from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "maillage.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from maillage.core.navigation import Item, register

        from .queries import reads_a_journal, writes_a_journal

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
