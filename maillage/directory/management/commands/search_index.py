"""`maillage search_index`: makes the search index of the directory again, from the sheets."""

import sys
from typing import Any

from django.utils.translation import gettext as _
from tqdm import tqdm

from maillage.core.command import ProductCommand
from maillage.directory.models import Service
from maillage.directory.services import rebuild_index


class Command(ProductCommand):
    """Exit status 0 (made) or 1. Readers find what they found before until it is done."""

    help = "Refait l'index de la recherche du répertoire, à partir des fiches."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=Service.objects.count(), unit=" services", file=sys.stderr, disable=None) as bar:
            count = rebuild_index(progress=bar.update)
        self.stdout.write(_("%(count)d services se trouvent par la recherche.") % {"count": count})
