from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# What the messages of this context are about, as those who receive them read it.
MAIL_TOPICS = {"directory.sheets": _("Les fiches du répertoire à vérifier")}


class DirectoryConfig(AppConfig):
    name = "maillage.directory"
    label = "directory"
    verbose_name = "Répertoire"

    def ready(self) -> None:
        """Take a place in the menu, and offer the imports."""
        from maillage.core import benchmarks, navigation, slots
        from maillage.core.imports import register
        from maillage.core.mailing import topics

        from .imports import OrganizationImporter, ServiceImporter

        register(OrganizationImporter())
        register(ServiceImporter())
        navigation.register(navigation.Item(_("Répertoire"), "directory:search", "search", "connaitre", 30))
        slots.fill("topbar", "directory/topbar.html", _without_account, order=-10)
        benchmarks.register("search", "maillage.directory.bench.search")
        topics.speak("directory.", lambda asked: MAIL_TOPICS)
        post_migrate.connect(_load_taxonomies, sender=self)


def _without_account(request: HttpRequest) -> dict[str, Any] | None:
    """A visitor without an account has no menu: the directory stands in the top bar."""
    return None if request.user.is_authenticated else {}


def _load_taxonomies(apps: Any = None, using: str = "default", **_told: Any) -> None:
    """The shipped taxonomies stand in every database, as permissions do, once their tables are there."""
    from .services import load_taxonomies

    if using == "default" and (
        apps is None
        or ("directory", "termmatch") in {(m._meta.app_label, m._meta.model_name) for m in apps.get_models()}
    ):
        load_taxonomies()
