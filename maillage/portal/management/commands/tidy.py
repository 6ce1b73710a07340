"""`maillage tidy`: every night, what may be kept for a time only goes."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running import tidying


class Command(ProductCommand):
    """Exit status 0; run twice, it changes nothing the second time."""

    help = (
        "Efface ce qui ne se garde que 30 jours (notes des interventions supprimées, fichiers importés) et les extraits "
        "échus (à lancer chaque nuit)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Wipe, and say how many."""
        done = tidying.tidy()
        self.stdout.write(_("Notes effacées : %s") % done.notes)
        self.stdout.write(_("Fichiers d'import effacés : %s") % done.imports)
        self.stdout.write(_("Extraits échus : %s") % done.extracts)
