from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from maillage.core import benchmarks, slots
from maillage.core.navigation import Item, register


class StatisticsConfig(AppConfig):
    name = "maillage.statistics"
    label = "statistics"
    verbose_name = "Statistiques"

    def ready(self) -> None:
        register(
            Item(_("Portraits"), "statistics:index", "bar-chart-line", "rendre-compte", 10, bar=4),
            Item(_("Publications"), "statistics:publications", "megaphone", "rendre-compte", 20),
        )
        slots.fill("topbar", "statistics/publications/topbar.html", _without_account)
        benchmarks.register("portrait", "maillage.statistics.bench.portrait")
        benchmarks.register("disclosure", "maillage.statistics.bench.disclosure.comparison")


def _without_account(request: HttpRequest) -> dict[str, Any] | None:
    """A visitor without an account has no menu: the publications stand in the top bar."""
    return None if request.user.is_authenticated else {}
