from typing import Any

from maillage.core.catalogues import compile_all, update
from maillage.core.command import ProductCommand


class Command(ProductCommand):
    help = "Refait les catalogues de textes à partir des sources ; dit combien de textes attendent leur traduction."

    def handle(self, *args: Any, **options: Any) -> None:
        for language, lacking in update().items():
            self.stdout.write(f"{language} : {lacking} textes sans traduction")
        compile_all()
