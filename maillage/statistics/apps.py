from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "maillage.statistics"
    label = "statistics"
    verbose_name = "Statistiques"

    def ready(self) -> None:
        from maillage.core.navigation import Item, register

        register(Item(_("Portraits"), "statistics:index", "bar-chart-line", "rendre-compte", 10))
