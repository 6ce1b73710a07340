from django.apps import AppConfig


class ConcertationConfig(AppConfig):
    name = "maillage.concertation"
    label = "concertation"
    verbose_name = "Concertation"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.db.models.signals import post_save

        from maillage.core import benchmarks
        from maillage.core.files import names_files
        from maillage.core.mailing import topics
        from maillage.core.navigation import register

        from .mail_topics import general_words, group_words
        from .menu import menu_items
        from .models import Document
        from .needs import hooks as needs_hooks
        from .network import readers, sources
        from .signals import tie_new_account

        register(*menu_items())
        names_files(Document)
        needs_hooks.connect()
        post_save.connect(tie_new_account, sender=get_user_model(), dispatch_uid="concertation.tie_new_account")
        sources.register(*readers.SOURCES)
        topics.speak("digest", general_words)
        topics.speak("group.", group_words)
        benchmarks.register("registration", "maillage.concertation.bench.registration")
        benchmarks.register("web", "maillage.concertation.bench.web")
