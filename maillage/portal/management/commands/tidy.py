"""`maillage tidy`: every night, what may be kept for a time only goes."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.portal.running import tidying


class Command(ProductCommand):
    """Exit status 0; run twice, it changes nothing the second time."""

    help = (
        "Efface ce qui ne se garde que 30 jours (notes des interventions supprimées, fichiers importés), les extraits "
        "échus, les envois d'appareils inscrits il y a plus de 400 jours, le texte des courriels partis depuis une "
        "semaine et ce que demandaient les personnes inscrites à une rencontre passée (à lancer chaque nuit)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Wipe, and say how many."""
        done = tidying.tidy()
        self.stdout.write(_("Notes effacées : %s") % done.notes)
        self.stdout.write(_("Fichiers d'import effacés : %s") % done.imports)
        self.stdout.write(_("Documents de groupe retirés, effacés : %s") % done.documents)
        self.stdout.write(_("Extraits échus : %s") % done.extracts)
        self.stdout.write(_("Envois d'appareils oubliés : %s") % done.operations)
        self.stdout.write(_("Courriels oubliés : %s") % done.messages)
        self.stdout.write(_("Demandes d'inscriptions effacées : %s") % done.needs)
