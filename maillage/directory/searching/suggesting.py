"""What somebody who types may mean."""

from dataclasses import dataclass
from typing import Any

from maillage.core.text import fold
from maillage.directory.enums import TaxonomyKind
from maillage.directory.models import Service, TaxonomyTerm
from maillage.directory.shipped_taxonomies import NEEDS

from .finding import search_services
from .question import MOST_WORDS, Question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reader may mean: a `service` (`key`: its uid) or a `need` (`key`: its code), in words."""

    kind: str
    key: str
    label: str
    detail: str = ""


def suggest(words: str, actor: Any, size: int = 8) -> list[Suggestion]:
    """What somebody who types these words may mean: needs first, then services, `size` in all."""
    begun = fold(words[:MOST_WORDS])
    if len(begun) < 2:
        return []
    needs = [*_needs(begun)][: size // 2]
    found = search_services(Question(words=words[:MOST_WORDS]), actor, size=size - len(needs))
    rows = Service.objects.filter(pk__in=found.ids).select_related("organization").order_by("pk")
    services = {row.pk: Suggestion("service", str(row.uid), row.name, row.organization.name) for row in rows}
    return [*needs, *(services[number] for number in found.ids if number in services)]


def _needs(begun: str) -> list[Suggestion]:
    """Needs of which the name, or an everyday word, begins so."""
    rows = TaxonomyTerm.objects.filter(taxonomy__kind=TaxonomyKind.NEED, is_retired=False, taxonomy__code=NEEDS)
    found = []
    for term in rows.order_by("position", "id"):
        said = [fold(text) for text in (term.name, term.name_en, *term.synonyms.splitlines()) if text]
        if any(text.startswith(begun) or f" {begun}" in text for text in said):
            found.append(Suggestion("need", term.code, term.label))
    return found
