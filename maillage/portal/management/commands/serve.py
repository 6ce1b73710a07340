from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from maillage.core import access_log
from maillage.core.command import ProductCommand
from maillage.portal.demonstration import load
from maillage.portal.running import assertions, server, static_files, tidying


class Command(ProductCommand):
    help = "Sert le produit sur cette machine, jusqu'à Ctrl+C ou SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
        parser.add_argument("--workers", type=int, help="nombre de processus (deux, selon la machine et la base)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, gather static files when stale, tidy, serve."""
        host, port = options["host"], options["port"]
        workers = server.default_workers() if options["workers"] is None else options["workers"]
        self.prepare(host, port)
        server.require_startable(host, port, workers)
        assertions.require_durable()
        self._warn_of_known_passwords(host)
        static_files.gather()
        access_log.make_room()
        tidying.tidy()
        server.run(host=host, port=port, workers=workers, when_ready=lambda: self.ready(host, port))

    def _warn_of_known_passwords(self, host: str) -> None:
        if host not in ("127.0.0.1", "localhost", "::1") and load.what_home() is load.Home.DEMONSTRATION:
            self.stderr.write(
                _("Attention : les mots de passe de la démonstration sont publics, et d'autres machines l'atteindront.")
            )

    def prepare(self, host: str, port: int) -> None:
        """What a command that serves does first: nothing here."""

    def ready(self, host: str, port: int) -> None:
        """Say where the product is."""
        host = server.reachable(host)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(_("Maillage est prêt : http://%(host)s:%(port)s/") % {"host": shown, "port": port})
        self.stdout.flush()
