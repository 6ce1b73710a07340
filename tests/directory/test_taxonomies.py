"""The shipped taxonomies stand in every database, hold the journal's needs, and are loaded again without a trace."""

import pytest

from maillage.directory.models import Taxonomy, TaxonomyTerm, TermMatch
from maillage.directory.services import load_taxonomies
from maillage.directory.shipped_taxonomies import TAXONOMIES, THEMES, uid_of_term
from maillage.programs.enums import VocabularyKind
from maillage.programs.shipped_frame import TERMS

pytestmark = pytest.mark.django_db


def test_they_stand_in_every_database() -> None:
    assert set(Taxonomy.objects.values_list("code", flat=True)) == {"needs", "clienteles", "accessibility", "modes"}
    for shipped in TAXONOMIES:
        kept = dict(TaxonomyTerm.objects.filter(taxonomy__code=shipped.code).values_list("code", "parent__code"))
        assert kept == {line.code: line.parent or None for line in shipped.terms}


def test_needs_hold_those_of_the_journal_under_the_same_words() -> None:
    ours = {term.code: (term.name, term.name_en) for term in TaxonomyTerm.objects.filter(taxonomy__code="needs")}
    for code, french, english, _parent, _sensitive in TERMS[VocabularyKind.NEED]:
        assert ours[code] == (french, english)


def test_everyday_words_are_kept_one_a_line() -> None:
    food = TaxonomyTerm.objects.get(taxonomy__code="needs", code="food")
    assert "banque alimentaire" in food.synonyms.splitlines()


def test_loading_again_changes_nothing_and_forcing_repairs() -> None:
    assert load_taxonomies() == 0
    own = TaxonomyTerm.objects.create(taxonomy=Taxonomy.objects.get(code="needs"), code="own", name="À nous")
    TaxonomyTerm.objects.filter(code="food", taxonomy__code="needs").update(name="Autre chose", parent=own)
    before = set(TaxonomyTerm.objects.values_list("pk", flat=True))
    matches = TermMatch.objects.count()
    assert load_taxonomies(force=True) == len(TAXONOMIES)
    assert set(TaxonomyTerm.objects.values_list("pk", flat=True)) == before
    food = TaxonomyTerm.objects.get(code="food", taxonomy__code="needs")
    assert (food.name, food.parent) == ("Aide alimentaire", None)
    assert not TaxonomyTerm.objects.get(pk=own.pk).is_retired
    assert TermMatch.objects.count() == matches


def test_a_term_that_is_shipped_no_more_is_retired() -> None:
    needs = Taxonomy.objects.get(code="needs")
    TaxonomyTerm.objects.create(taxonomy=needs, code="old", name="Ancien", uid=uid_of_term("needs", "old"))
    load_taxonomies(force=True)
    assert TaxonomyTerm.objects.get(taxonomy=needs, code="old").is_retired


def test_a_theme_leads_to_a_need() -> None:
    match = TermMatch.objects.get(scheme=THEMES, code="equipement-et-alimentation--alimentation", kind="exact")
    assert match.term.code == "food"
