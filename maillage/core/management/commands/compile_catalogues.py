from typing import Any

from maillage.core.catalogues import compile_all
from maillage.core.command import ProductCommand


class Command(ProductCommand):
    help = "Prépare les catalogues de textes que le produit lit."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_all():
            self.stdout.write(str(path.relative_to(path.parents[4])))
