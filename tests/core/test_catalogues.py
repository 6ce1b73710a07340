"""Catalogues of texts: French repeats the sources, plurals follow French rules, libraries do not win over us."""

import polib
import pytest
from django.utils import translation

from maillage.core import catalogues


@pytest.fixture(autouse=True)
def compiled() -> None:
    catalogues.compile_all()


def test_french_catalogue_repeats_each_text() -> None:
    for entry in polib.pofile(str(catalogues.catalogue("fr"))):
        if entry.msgid_plural:
            assert entry.msgstr_plural == {0: entry.msgid, 1: entry.msgid_plural}
        else:
            assert entry.msgstr == entry.msgid


def test_our_text_wins_over_the_one_of_a_library() -> None:
    with translation.override("fr-ca"):
        assert translation.gettext("Note") == "Note"
        assert translation.gettext("This field is required.") == "Ce champ est obligatoire."


def test_zero_is_singular_in_french() -> None:
    with translation.override("fr-ca"):
        text = translation.ngettext("%(number)s clé", "%(number)s clés", 0)
    assert text % {"number": 0} == "0 clé"


def test_texts_of_components_and_attributes_are_found() -> None:
    texts = {text for _context, text, _plural in catalogues.extract()}
    assert {"Tout retirer", "Filtres en vigueur", "Aller au contenu", "Se concerter"} <= texts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_catalogue_is_up_to_date(language: str) -> None:
    """`make messages` writes the catalogues anew from the sources; what is translated stays."""
    kept = {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(catalogues.catalogue(language)))}
    wanted = {(context, text) for context, text, _plural in catalogues.extract()}
    assert sorted(wanted - kept) == []
    assert sorted(kept - wanted) == []


def test_english_is_complete() -> None:
    """Whoever adds a sentence runs `make messages` and fills maillage/core/locale/en."""
    english = polib.pofile(str(catalogues.catalogue("en")))
    assert catalogues.untranslated(english) == []
    assert catalogues.misplaced(english) == []
    assert [entry.msgid for entry in english if "fuzzy" in entry.flags] == []
