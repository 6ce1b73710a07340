"""Taxonomies and their terms in HSDS, and the words that codes of sheets stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from maillage.directory.enums import TaxonomyKind
from maillage.directory.models import Taxonomy, TaxonomyTerm
from maillage.directory.shapes import division_code
from maillage.directory.sheets import AccessLine, AreaLine, Line, TermLine
from maillage.territories.models import Division

from .rows import Row, derived, row


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the codes of sheets mean: terms by the codes of their taxonomy and their own, those of accessibility by their
    code, names of divisions by code."""

    terms: Mapping[tuple[str, str], TaxonomyTerm] = field(default_factory=dict)
    access: Mapping[str, TaxonomyTerm] = field(default_factory=dict)
    divisions: Mapping[str, str] = field(default_factory=dict)
    _said: dict[UUID, Row] = field(default_factory=dict, repr=False, compare=False)

    def say(self, term: TaxonomyTerm) -> Row:
        """The object of a term, made once: thousands of services bear the same few."""
        if term.uid not in self._said:
            self._said[term.uid] = term_object(term)
        return self._said[term.uid]

    @classmethod
    def read(cls, codes: Iterable[str], divisions: Iterable[str]) -> "Lexicon":
        """The terms that bear one of these codes, and the divisions: two queries."""
        found = TaxonomyTerm.objects.filter(code__in=sorted(set(codes))).select_related("taxonomy", "parent")
        terms = {(term.taxonomy.code, term.code): term for term in found.order_by("id")}
        access = {code: term for (_, code), term in terms.items() if term.taxonomy.kind == TaxonomyKind.ACCESS}
        wanted = set(divisions)
        named = Division.objects.filter(code__in={said.rpartition(":")[2] for said in wanted}).order_by("id")
        names = {division_code(level, code): name for level, code, name in named.values_list("level", "code", "name")}
        return cls(terms, access, {said: names[said] for said in wanted if said in names})


def taxonomy_object(taxonomy: Taxonomy) -> Row:
    """A taxonomy."""
    return row(
        "taxonomy",
        Line(uid=taxonomy.uid, beyond=taxonomy.beyond),
        name=taxonomy.name,
        description=taxonomy.description,
        uri=taxonomy.uri,
        version=taxonomy.version,
        qc_code=taxonomy.code,
        qc_kind=taxonomy.kind,
    )


def term_object(term: TaxonomyTerm) -> Row:
    """A term with its taxonomy. Terms that came from nowhere are the product's: their names are French."""
    return row(
        "taxonomy_term",
        Line(uid=term.uid, beyond=term.beyond),
        code=term.code,
        name=term.name,
        description=term.description,
        parent_id=term.parent.uid if term.parent else None,
        taxonomy=term.taxonomy.name,
        taxonomy_detail=taxonomy_object(term.taxonomy),
        taxonomy_id=term.taxonomy.uid,
        language="" if term.source_id else "fr",
        term_uri=term.uri,
        qc_name_en=term.name_en,
    )


def attribute(line: Line, term: TaxonomyTerm, entity: str, link: Any, lexicon: Lexicon) -> Row:
    """That a term describes a thing."""
    return row(
        "attribute",
        line,
        link_id=link,
        link_entity=entity,
        taxonomy_term_id=term.uid,
        taxonomy_term=lexicon.say(term),
    )


def attributes(lines: Iterable[TermLine], entity: str, link: Any, lexicon: Lexicon) -> list[Row]:
    """The terms of a thing; a term that is not in the lexicon is left out."""
    found = ((line, lexicon.terms.get((line.taxonomy, line.code))) for line in lines)
    return [attribute(line, term, entity, link, lexicon) for line, term in found if term is not None]


def accessibilities(lines: Iterable[AccessLine], lexicon: Lexicon) -> list[Row]:
    """What makes a place easy or hard to use. What no words say is said by the name of the term."""
    rows: list[Row] = []
    for line in lines:
        term = lexicon.access.get(line.code)
        said = line.description or (term.name if term else "")
        own = Line(uid=derived(line.uid, "attribute"))
        named = [attribute(own, term, "accessibility", line.uid, lexicon)] if term else []
        rows.append(row("accessibility", line, description=said, details=line.details, url=line.url, attributes=named))
    return rows


def areas(lines: Iterable[AreaLine], lexicon: Lexicon) -> list[Row]:
    """Territories served; a division is named, and its code said by the profile."""
    return [
        row("service_area", line, name=line.name or lexicon.divisions.get(line.division, ""), qc_division=line.division)
        for line in lines
    ]
