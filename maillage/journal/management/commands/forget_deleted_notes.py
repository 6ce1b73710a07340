"""`maillage forget_deleted_notes`: the last copy of a deleted entry's note goes once it can no longer be undone."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.journal.services import forget_deleted_notes


class Command(ProductCommand):
    """Exit status 0; run twice, it changes nothing the second time."""

    help = (
        "Efface de l'historique les notes des interventions supprimées depuis plus de 30 jours (à lancer chaque nuit)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Wipe, and say how many."""
        self.stdout.write(_("Notes effacées : %s") % forget_deleted_notes())
