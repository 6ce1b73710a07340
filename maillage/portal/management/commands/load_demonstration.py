from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.demonstration import load
from maillage.portal.running import server


class Command(ProductCommand):
    help = "Charge les données de démonstration dans une installation vide."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it was done before."""
        server.require_migrated()
        loaded = load.ensure(lambda text: self.stdout.write(f"▸ {text}"))
        self.stdout.write(_("Démonstration chargée.") if loaded else _("La démonstration est déjà là."))
