from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from maillage.core import benchmarks
from maillage.core.navigation import Item, register


class StatisticsConfig(AppConfig):
    name = "maillage.statistics"
    label = "statistics"
    verbose_name = "Statistiques"

    def ready(self) -> None:
        register(Item(_("Portraits"), "statistics:index", "bar-chart-line", "rendre-compte", 10, bar=4))
        benchmarks.register("portrait", "maillage.statistics.bench.portrait")
