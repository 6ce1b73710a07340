from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from maillage.core import benchmarks
from maillage.core.navigation import Item, register


class PortalConfig(AppConfig):
    name = "maillage.portal"
    label = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from maillage.core import audit_lines

        from .audit_words import CHANGES, VALUES, VERBS

        audit_lines.speak(verbs=VERBS, changes=CHANGES, values=VALUES)
        benchmarks.register("pages", "maillage.portal.bench.pages")
        benchmarks.register("groups", "maillage.portal.bench.groups")
        benchmarks.register("projects", "maillage.portal.bench.projects")
        register(
            Item(_("Comptes"), "portal:administration", "people", "administrer", 10, shown=administers),
            Item(_("Courriels"), "portal:messages", "envelope", "administrer", 15, shown=administers),
            Item(_("Journal d'audit"), "portal:audit", "clock-history", "administrer", 20, shown=administers),
        )
        register(Item(_("Tout le menu"), "portal:menu", "list", "", 0, bar=5, short=_("Plus")))


def administers(request: HttpRequest) -> bool:
    """Whether the person administers the installation."""
    return request.user.is_authenticated and request.user.is_administrator
