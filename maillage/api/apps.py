from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "maillage.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from maillage.core import benchmarks

        benchmarks.register("sync", "maillage.api.bench.sync")
