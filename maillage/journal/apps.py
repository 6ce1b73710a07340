from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What the messages of this context are about, as those who receive them read it.
MAIL_TOPICS = {
    "journal.answers": _("Les réponses à vos références"),
    "journal.reminders": _("Vos suivis de références en retard"),
}


class JournalConfig(AppConfig):
    name = "maillage.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from maillage.core import imports, slots
        from maillage.core.mailing import topics
        from maillage.core.navigation import register
        from maillage.programs.signals import period_asked

        from .imports import EntryImporter
        from .menu import menu_items
        from .period import object_to_period
        from .site_card import site_card
        from .views.installed import colours_of_frame

        period_asked.connect(object_to_period)
        imports.register(EntryImporter())
        slots.fill("topbar", "journal/field/sign.html", order=90)
        slots.fill("head", "journal/field/head.html", colours_of_frame)
        slots.fill("site", "journal/site_card.html", site_card, order=10)
        register(*menu_items())
        topics.speak("journal.", lambda asked: MAIL_TOPICS)
