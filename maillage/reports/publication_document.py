"""A release as a PDF: the whole territory with its charts, then the tables of each territory, how to read and to cite."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.palette import PALETTE
from maillage.statistics.charts import theme
from maillage.statistics.presentation import present
from maillage.statistics.publication import LICENCE, Publication, citation, published_words

from .document import compose, drawn_sections, key_figures
from .words import exactness, notes, place, source


def write_publication_pdf(publication: Publication, language: str, address: str) -> bytes:
    """The bytes of the document (PDF/UA-1), the same at each writing. Nothing but the release is read."""
    release, whole = publication.release, publication.portraits[0]
    files: dict[str, bytes] = {}
    figures, sections = present(whole, language)
    content = {
        "language": theme.short(language),
        "colours": PALETTE["light"],
        "name": release.title,
        "heading": publication.program_name,
        "description": "",
        "facts": _facts(publication),
        "partners": [],
        "mark": _("Chiffres publiés et protégés"),
        "exactness": exactness(whole),
        "figures": key_figures(figures),
        "sections": drawn_sections(sections, language, files),
        "areas": [_area(publication, code, language) for code, _name in publication.areas[1:]],
        "notes": [source(whole), *notes(whole), _licence(), citation(publication, address)],
        "words": {
            "notes": _("Comment lire et citer cette publication"),
            "contents": _("Dans cette publication"),
            "partners": "",
            "read": _("Publication %(number)s, version %(version)s, %(day)s")
            % {"number": release.number, "version": release.version, "day": published_words(release)},
            "page": _("page"),
        },
    }
    assert release.published_at is not None
    return compose(content, files, release.published_at)


def _facts(publication: Publication) -> list[list[str]]:
    return [
        [_("Période"), publication.period],
        [_("Territoire"), place(publication.portraits[0])],
        [_("Publié le"), published_words(publication.release)],
    ]


def _area(publication: Publication, code: str, language: str) -> dict[str, Any]:
    portrait = publication.at(code)
    figures, sections = present(portrait, language)
    return {
        "name": portrait.territory_name,
        "figures": key_figures(figures),
        "sections": drawn_sections(sections, language, {}, charts=False),
    }


def _licence() -> str:
    return _("Réutilisation libre en nommant la source, sous la licence %(title)s (%(address)s).") % {
        "title": LICENCE.title,
        "address": LICENCE.address,
    }
