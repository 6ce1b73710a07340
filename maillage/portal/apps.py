from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "maillage.portal"
    label = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from maillage.core.navigation import Item, register

        register(Item(_("Tout le menu"), "portal:menu", "list", "", 0, bar=5, short=_("Plus")))
