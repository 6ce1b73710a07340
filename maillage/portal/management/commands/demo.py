from threading import Thread
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from maillage.portal.demonstration import accounts, load
from maillage.portal.running import server, static_files

from .serve import Command as ServeCommand


class Command(ServeCommand):
    help = "Sert le produit avec les données de démonstration, chargées au premier démarrage."

    def prepare(self, host: str, port: int) -> None:
        """Bring the database up to date, and load the demonstration in an empty home."""
        server.require_free_port(host, port)
        if server.pending_migrations():
            self._say(_("Base de données…"))
            call_command("migrate", verbosity=0, interactive=False)
        # Compression of pages' files and loading of data take a core each.
        static = Thread(target=static_files.gather, daemon=True)
        static.start()
        load.ensure(self._say)
        static.join()

    def ready(self, host: str, port: int) -> None:
        """Say where the product is, and who may sign in."""
        super().ready(host, port)
        width = max(len(account.email) for account in accounts.ACCOUNTS)
        self.stdout.write(_("Comptes de démonstration (mot de passe : %s) :") % accounts.PASSWORD)
        for account in accounts.ACCOUNTS:
            self.stdout.write(f"  {account.email:<{width}}  {account.label}")
        self.stdout.write(_("Toutes les personnes de la démonstration sont inventées. Ctrl+C pour arrêter."))
        self.stdout.flush()

    def _say(self, text: Any) -> None:
        self.stdout.write(f"▸ {text}")
        self.stdout.flush()
