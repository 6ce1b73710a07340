"""Writes the taxonomies that are shipped: on every migration, and again when their version changes."""

from typing import Any
from uuid import uuid5

from django.db import transaction

from maillage.core.services import audit
from maillage.directory.models import Taxonomy, TaxonomyTerm, TermMatch
from maillage.directory.shipped_taxonomies import SPACE, TAXONOMIES, VERSION, ShippedTaxonomy, ShippedTerm, uid_of_term

STEP = 10  # between two positions
_TOLD = ("name", "name_en", "synonyms", "position", "parent", "is_retired")


@transaction.atomic
def load_taxonomies(*, force: bool = False) -> int:
    """Write the shipped taxonomies whose version is not the one in the database; how many were written.

    Terms of their own that an installation added stay; a shipped term that is shipped no more is retired.
    """
    known = {taxonomy.code: taxonomy for taxonomy in Taxonomy.objects.order_by("pk")}
    written = 0
    for shipped in TAXONOMIES:
        taxonomy = known.get(shipped.code)
        if taxonomy is None or taxonomy.version != VERSION or force:
            _load(shipped, taxonomy or Taxonomy(code=shipped.code, uid=uuid5(SPACE, shipped.code)))
            written += 1
    return written


def _load(shipped: ShippedTaxonomy, taxonomy: Taxonomy) -> None:
    is_new, before = taxonomy._state.adding, taxonomy.version
    taxonomy.kind, taxonomy.name, taxonomy.version = shipped.kind, shipped.french, VERSION
    taxonomy.description = shipped.description
    taxonomy.full_clean()
    taxonomy.save()
    terms = _write_terms(shipped, taxonomy)
    _write_matches(shipped, terms)
    if not is_new:
        audit(actor=None, verb="directory.taxonomy_loaded", obj=taxonomy, changes={"version": [before, VERSION]})


def _write_terms(shipped: ShippedTaxonomy, taxonomy: Taxonomy) -> dict[str, TaxonomyTerm]:
    known = {term.code: term for term in taxonomy.terms.order_by("pk")}
    added, moved = [], []
    for rank, line in enumerate(shipped.terms, start=1):
        term = known.get(line.code)
        if term is None:
            term = TaxonomyTerm(taxonomy=taxonomy, code=line.code, uid=uid_of_term(shipped.code, line.code))
            known[line.code] = term
            added.append(term)
        else:
            moved.append(term)
        for name, value in _fields(line, rank).items():
            setattr(term, name, value)
        term.clean_fields(exclude=["taxonomy", "parent", "source"])
    ours = {line.code for line in shipped.terms}
    for code, term in known.items():
        if code not in ours and term.uid == uid_of_term(shipped.code, code):
            term.is_retired = True
            moved.append(term)
    TaxonomyTerm.objects.bulk_create(added)
    for line in shipped.terms:
        known[line.code].parent = known[line.parent] if line.parent else None
    TaxonomyTerm.objects.bulk_update(moved, _TOLD)
    TaxonomyTerm.objects.bulk_update([term for term in added if term.parent], ["parent"])
    return known


def _fields(line: ShippedTerm, rank: int) -> dict[str, Any]:
    return {
        "name": line.french,
        "name_en": line.english,
        "synonyms": line.synonyms(),
        "position": rank * STEP,
        "is_retired": False,
    }


def _write_matches(shipped: ShippedTaxonomy, terms: dict[str, TaxonomyTerm]) -> None:
    if not shipped.scheme:
        return
    TermMatch.objects.filter(term__taxonomy__code=shipped.code, scheme=shipped.scheme).delete()
    TermMatch.objects.bulk_create(
        TermMatch(term=terms[line.code], scheme=shipped.scheme, code=code, kind=kind)
        for line in shipped.terms
        for code, kind in line.links()
    )
