from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running import static_files


class Command(ProductCommand):
    help = "Rassemble et compresse les fichiers des pages, s'ils ont changé."

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather when stale."""
        done = static_files.gather()
        self.stdout.write(_("Fichiers des pages préparés.") if done else _("Les fichiers des pages étaient prêts."))
