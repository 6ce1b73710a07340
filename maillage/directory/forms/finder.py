"""What the search page asks: its filters with their choices, and those in force with the address that removes each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import cache
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from maillage.core.text import as_number
from maillage.core.typography import day
from maillage.directory.enums import Fee
from maillage.directory.languages import LANGUAGES
from maillage.directory.models import Organization, TaxonomyTerm
from maillage.directory.place_names import find_place, place_of_division
from maillage.directory.searching import Question
from maillage.directory.searching.question import LISTS, NOW
from maillage.directory.shipped_taxonomies import ACCESS, CLIENTELES, NEEDS, WAYS

SORTS = {
    "": gettext_lazy("Les plus pertinents"),
    "distance": gettext_lazy("Les plus proches"),
    "fresh": gettext_lazy("Les plus à jour"),
    "name": gettext_lazy("Par nom"),
}
_TAXONOMIES = {"needs": NEEDS, "clienteles": CLIENTELES, "access": ACCESS, "modes": WAYS}
# Parameters of the address that make a search; « tous » alone lists everything.
_ASKING = ("q", "lieu", "territoire", "pres", "organisation", "ouvert", "inactifs", "tous", *LISTS.values())
# Taxonomies hardly change: a page need not read them each time.
_TERMS, _SECONDS = "directory-terms", 60
_KEPT = (*_ASKING, "dessert", "tri")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take."""

    code: str
    label: str
    chosen: bool
    children: tuple["Choice", ...] = ()


class _Term(NamedTuple):
    """A term of a shipped taxonomy, in the language of the page."""

    code: str
    label: str
    number: int
    parent: int | None


def _read_terms() -> list[tuple[str, str, str, str, int, int | None]]:
    rows = TaxonomyTerm.objects.filter(taxonomy__code__in=_TAXONOMIES.values(), is_retired=False)
    return list(
        rows.order_by("position", "id").values_list("taxonomy__code", "code", "name", "name_en", "id", "parent_id")
    )


class Finder:
    """The search that an address asks, as the page shows it. `actor` sees the housing sites that are theirs."""

    def __init__(self, query: QueryDict, actor: Any) -> None:
        self.query, self.actor = _cleaned(query), actor
        self.typed_place = self.query.get("lieu", "")[:100]
        self.place = find_place(self.typed_place, actor) if self.typed_place else None
        self.only_serving = self.query.get("dessert") == "1"
        self.asks = any(self.query.get(name) for name in _ASKING)

    @cached_property
    def question(self) -> Question:
        """What is asked of the index: near the place; only in the place when it is a whole territory, or if asked."""
        asked = Question.from_query(self.query)
        if self.place is not None:
            within = self.place.division if self.place.is_wide or self.only_serving else None
            asked = replace(asked, near=None if self.place.is_wide else self.place.near, division=within)
        if asked.near and not asked.words and not asked.sort:
            asked = replace(asked, sort="distance")
        return asked if self.actor.is_authenticated else replace(asked, with_inactive=False)

    @property
    def address(self) -> str:
        """The query that asks the same, without the page: what is kept, shared and restored."""
        return self.query.urlencode()

    @cached_property
    def terms(self) -> dict[str, list[_Term]]:
        """Terms in use by taxonomy, in their order."""
        found: dict[str, list[_Term]] = {code: [] for code in _TAXONOMIES.values()}
        is_english = (get_language() or "").startswith("en")
        for taxonomy, code, name, name_en, number, parent in cache.get_or_set(_TERMS, _read_terms, _SECONDS) or ():
            found[taxonomy].append(_Term(code, name_en if is_english and name_en else name, number, parent))
        return found

    def choices(self, name: str) -> list[Choice]:
        """The choices of a filter by terms, the narrower under the broader; of some filters one is chosen at a time."""
        chosen = getattr(self.question, name)[: 1 if name in _ONE else None]
        below: dict[int | None, list[_Term]] = {}
        for term in self.terms[_TAXONOMIES[name]]:
            below.setdefault(term.parent, []).append(term)

        def choice(term: _Term) -> Choice:
            return Choice(term.code, term.label, term.code in chosen, tuple(map(choice, below.get(term.number, ()))))

        return [choice(term) for term in below.get(None, ())]

    @property
    def needs(self) -> list[Choice]:
        """Needs; one is chosen at a time."""
        return self.choices("needs")

    @property
    def clienteles(self) -> list[Choice]:
        """Clienteles; one is chosen at a time."""
        return self.choices("clienteles")

    @property
    def access(self) -> list[Choice]:
        """What makes a place easy to use."""
        return self.choices("access")

    @property
    def modes(self) -> list[Choice]:
        """Ways of being received."""
        return self.choices("modes")

    @property
    def languages(self) -> list[Choice]:
        """Languages; one is chosen at a time."""
        return [Choice(code, str(label), code in self.question.languages[:1]) for code, label in LANGUAGES.items()]

    @property
    def fees(self) -> list[Choice]:
        """What a service costs."""
        return [Choice(code, str(label), code in self.question.fees) for code, label in Fee.choices]

    @property
    def sorts(self) -> list[Choice]:
        """Orders of the list."""
        return [Choice(code, str(label), code == self.query.get("tri", "")) for code, label in SORTS.items()]

    @property
    def kept_beside(self) -> list[tuple[str, str]]:
        """What the form has no field for: second values of a filter that shows one, a point, an organization."""
        names = (
            ("territoire", "organisation", "tous")
            if self.typed_place
            else ("territoire", "organisation", "tous", "pres")
        )
        found = [(name, self.query[name]) for name in names if self.query.get(name)]
        for name in _ONE:
            found += [(LISTS[name], code) for code in getattr(self.question, name)[1:]]
        return found

    @property
    def is_refined(self) -> bool:
        """Something is asked that only the folded panel shows."""
        return any(self.query.get(name) for name in ("dessert", "inactifs", "tri", *LISTS.values()))

    def in_force(self) -> list[dict[str, str]]:
        """The filters in force, each with the address without it."""
        found = [self._line(*line) for line in self._told()]
        return [line for line in found if line["value"]]

    def without_place(self) -> str:
        """The address of the same search anywhere."""
        return self._address(("lieu", "territoire", "pres", "dessert"))

    def _told(self) -> Iterable[tuple[str, str, str, str]]:
        """(label, value in words, parameter, value of the parameter) of each filter in force."""
        if self.place is not None:
            yield (_("Dans") if self.question.division else _("Près de")), self.place.label, "lieu", ""
        elif self.question.division:
            named = place_of_division(self.question.division)
            yield _("Dans"), named.label if named else "", "territoire", ""
        if self.question.near and self.place is None:
            yield _("Près de"), _("l'endroit où vous êtes"), "pres", ""
        labels = {
            "needs": _("Besoin"),
            "clienteles": _("Pour"),
            "access": _("Accès"),
            "modes": _("Accueil"),
            "languages": _("En"),
            "fees": _("Coût"),
        }
        for name, label in labels.items():
            words = self._words(name)
            for code in getattr(self.question, name):
                yield label, str(words.get(code, code)), LISTS[name], code
        if self.question.open_at:
            yield _("Ouvert"), self._moment(), "ouvert", ""
        if self.question.organization:
            named_by = Organization.objects.filter(pk=self.question.organization).values_list("name", flat=True)
            yield _("Organisation"), named_by.first() or "", "organisation", ""
        if self.question.with_inactive:
            yield _("Aussi"), _("ce qui n'est plus offert"), "inactifs", ""

    def _moment(self) -> str:
        at = self.question.open_at
        return _("maintenant") if self.query.get("ouvert") == NOW or at is None else day(at.date())

    def _words(self, name: str) -> dict[str, Any]:
        if name in _TAXONOMIES:
            return (
                {term.code: term.label for term in self.terms[_TAXONOMIES[name]]}
                if getattr(self.question, name)
                else {}
            )
        return dict(LANGUAGES) if name == "languages" else dict(Fee.choices)

    def _line(self, label: str, value: str, name: str, code: str) -> dict[str, str]:
        drop = (name, "dessert") if name == "lieu" else (name,)
        return {"label": label, "value": value, "remove": self._address(drop, code)}

    def _address(self, names: tuple[str, ...], code: str = "") -> str:
        rest = self.query.copy()
        for name in names:
            left = [value for value in rest.getlist(name) if code and value != code]
            rest.setlist(name, left) if left else rest.pop(name, None)
        return f"?{rest.urlencode()}"


_ONE = ("needs", "clienteles", "languages")


def _cleaned(query: QueryDict) -> QueryDict:
    """The parameters of a search that say something, each value once."""
    kept = QueryDict(mutable=True)
    for name in _KEPT:
        values = [value.replace("\x00", "").strip() for value in query.getlist(name)[:40]]
        values = list(dict.fromkeys(value[:200] for value in values if value))
        if name in ("territoire", "organisation"):
            values = [value for value in values if as_number(value)]
        if values:
            kept.setlist(name, values if name in LISTS.values() else values[-1:])
    return kept
