from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "maillage.portal"
    label = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from maillage.core.navigation import Item, register

        def administers(request):
            return request.user.is_authenticated and request.user.is_administrator

        register(
            Item(_("Comptes"), "portal:administration", "people", "administrer", 10, shown=administers),
            Item(_("Journal d'audit"), "portal:audit", "clock-history", "administrer", 20, shown=administers),
        )
        register(Item(_("Tout le menu"), "portal:menu", "list", "", 0, bar=5, short=_("Plus")))
