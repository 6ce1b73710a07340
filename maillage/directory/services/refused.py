"""Why a sheet was not written."""

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.directory.checking import Problems


class SheetConflict(Refused):
    """Somebody else wrote the sheet meanwhile: nothing was written over."""


class SheetsRefused(Refused):
    """Sheets that cannot be written, with their sentences: `problems[position][path]`. Nothing was written."""

    def __init__(self, problems: dict[int, Problems]) -> None:
        first = min(problems)
        path, sentences = next(iter(problems[first].items()))
        said = _("Fiches refusées : {n}. À la fiche {first} ({path}) : {why}")
        super().__init__(said.format(n=len(problems), first=first + 1, path=path, why=sentences[0]))
        self.problems = problems
