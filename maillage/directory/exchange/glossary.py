"""The terms and territories that files name, found in the directory or kept to be written with the services."""

from typing import Any
from uuid import UUID, uuid5

from django.utils.text import slugify

from maillage.core.tabular.heading import key
from maillage.directory.enums import TaxonomyKind
from maillage.directory.models import TaxonomyTerm, TermMatch
from maillage.directory.shapes import division_code
from maillage.territories.models import Division
from maillage.territories.queries import DivisionBook

from .drafts import TermDraft
from .values import SPACE, identifier

Term = tuple[str, str]  # codes of the taxonomy and of the term


class Glossary:
    """Reads the directory's terms, their matches and the divisions, once each."""

    def __init__(self, source: str = "") -> None:
        self.source = source
        self.drafts: dict[UUID, TermDraft] = {}
        self.access: dict[str, str] = {}
        self._by_uid: dict[UUID, Term] = {}
        self._by_code: dict[tuple[str, str], Term] = {}
        self._uids: dict[Term, UUID] = {}
        self._names: dict[Term, str] = {}
        self._taxonomies: dict[str, str] = {}
        rows = TaxonomyTerm.objects.select_related("taxonomy").order_by("-is_retired", "-pk")
        for term in rows:
            self._learn(term.uid, (term.taxonomy.code, term.code), term.name, term.taxonomy.name)
            if term.taxonomy.kind == TaxonomyKind.ACCESS:
                self.access[term.code] = term.name
        self._matches: dict[tuple[str, str], Term] = {}
        ranks = {"exact": 0, "close": 1, "broad": 2}
        found = TermMatch.objects.select_related("term__taxonomy").order_by("pk")
        for match in sorted(found, key=lambda one: (-ranks[one.kind], -one.pk)):
            self._matches[match.scheme, match.code] = (match.term.taxonomy.code, match.term.code)
        self._divisions: DivisionBook | None = None
        self._codes: set[str] | None = None
        self._places: dict[tuple[str, bool], str] = {}

    def _learn(self, uid: UUID, term: Term, name: str, taxonomy_name: str) -> None:
        taxonomy, code = term
        self._by_uid[uid] = term
        self._uids[term] = uid
        self._names[term] = name
        self._taxonomies[key(taxonomy_name)] = taxonomy
        for said in (code, name):
            for place in (taxonomy, key(taxonomy_name)):
                self._by_code[place, key(said)] = term

    def match(self, scheme: str, code: str) -> Term | None:
        """Our term for a code of an external list: the same, else a near one, else a broader one."""
        return self._matches.get((scheme, code))

    def name(self, term: Term) -> str:
        """The name of a term."""
        return self._names.get(term, term[1])

    def find(self, uid: Any, code: str, name: str, taxonomy: str) -> Term | None:
        """A term by its identifier, else by its code or its name in the taxonomy of this name or code."""
        found = self._by_uid.get(identifier(uid, self.source, "taxonomy_term")) if uid else None
        if found is None and taxonomy:
            for said in filter(None, (code, name)):
                found = (
                    found or self._by_code.get((taxonomy, key(said))) or self._by_code.get((key(taxonomy), key(said)))
                )
        return found

    def draft(
        self,
        uid: Any,
        code: str,
        name: str,
        taxonomy: tuple[Any, str],
        *,
        description: str = "",
        uri: str = "",
        parent: Any = None,
    ) -> Term:
        """A term that the directory does not know, to be written; `taxonomy` is its identifier and its name."""
        given, called = taxonomy
        called = called or "Termes reçus"
        slug = slugify(f"{self.source} {called}")[:60].strip("-") or "termes-recus"
        known = self._taxonomies.get(key(called), slug)
        code = (code or slugify(name) or "terme")[:120]
        term = (known, code)
        number = identifier(uid, self.source, "taxonomy_term") if uid else uuid5(SPACE, f"{known}/{code}")
        if term in self._names or number in self._by_uid:
            return self._by_uid.get(number, term)
        self.drafts[number] = TermDraft(
            taxonomy=known,
            taxonomy_name=called[:200],
            taxonomy_uid=identifier(given, self.source, "taxonomy") if given else uuid5(SPACE, f"taxonomy/{known}"),
            uid=number,
            code=code,
            name=(name or code)[:200],
            description=description,
            uri=uri[:300],
            parent=identifier(parent, self.source, "taxonomy_term") if parent else None,
        )
        self._learn(number, term, name or code, called)
        return term

    def uid(self, term: Term) -> UUID:
        """The identifier of a term."""
        return self._uids[term]

    def known(self, attribute: Any) -> Term | None:
        """The term of the directory that a raw attribute names by its identifier, or None."""
        said = attribute.get("taxonomy_term")
        number = attribute.get("taxonomy_term_id") or (said.get("id") if isinstance(said, dict) else None)
        return self._by_uid.get(identifier(number, self.source, "taxonomy_term")) if number else None

    def coded(self, code: str) -> str:
        """The code of a division as it is, when there is such a division; else ""."""
        if self._codes is None:
            self._codes = set()
            for level, own in Division.objects.order_by("pk").values_list("level", "code"):
                self._codes |= {f"{level}:{own}", division_code(level, own)}
        return code if code in self._codes else ""

    def division(self, name: str, *, towns_first: bool = False) -> str:
        """The code of the division that a name or a code says, or ""."""
        if (name, towns_first) not in self._places:
            self._divisions = self._divisions or DivisionBook()
            finders = (self._divisions.mrc, self._divisions.municipality)
            found = next((one for find in (finders[::-1] if towns_first else finders) if (one := find(name))), None)
            self._places[name, towns_first] = division_code(found.level, found.code) if found else ""
        return self._places[name, towns_first]
