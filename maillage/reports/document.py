"""The portrait as a PDF that a funder can be handed: tagged, in pages, with the charts and the map of the page."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.glyphs import FONTS, drawable
from maillage.core.palette import PALETTE
from maillage.core.typst import render_pdf
from maillage.programs.models import Program
from maillage.statistics.charts import features, map_spec, theme
from maillage.statistics.portrait import Portrait
from maillage.statistics.presentation import Block, KeyFigure, Section, present, spoken

from .words import exactness, mark, notes, period, place, read_on, source

HERE = Path(__file__).parent
VEGA_LITE = "6.4"
# Widths of charts in pixels (CSS): beside their table, a map beside its table, or across the page.
BESIDE, MAP, ACROSS = 320, 420, 640


def write_pdf(portrait: Portrait, language: str) -> bytes:
    """The bytes of the document (PDF/UA-1). Texts of the portrait are data: none can be markup."""
    figures, sections = present(portrait, language)
    files: dict[str, bytes] = {}
    content = _content(portrait, language, figures, sections, files)
    return compose(content, files, portrait.generated_at)


def compose(content: dict[str, Any], files: dict[str, bytes], when: datetime) -> bytes:
    """The document that says `content`, with its drawings in `files`, dated `when`."""
    return render_pdf(HERE / "typst" / "portrait.typ", content, when=when, files=files)


def draw(spec: dict[str, Any], language: str) -> bytes:
    """A Vega-Lite specification as SVG, with nothing fetched from anywhere."""
    short = theme.short(language)
    drawn = _drawer().vegalite_to_svg(
        spec,
        vl_version=VEGA_LITE,
        allowed_base_urls=[],
        format_locale=theme.NUMBERS[short],
        time_format_locale=theme.TIMES[short],
    )
    return drawable(drawn.replace("'", "’") if short == "fr" else drawn).encode()


@lru_cache(maxsize=1)
def _drawer() -> Any:
    """vl-convert with the fonts of documents; loaded by the first drawing of a process only."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _content(
    portrait: Portrait, language: str, figures: list[KeyFigure], sections: list[Section], files: dict[str, bytes]
) -> dict[str, Any]:
    program = Program.objects.filter(slug=portrait.program).first()
    return {
        "language": theme.short(language),
        "colours": PALETTE["light"],
        "name": portrait.program_name,
        "heading": _("Portrait du programme"),
        "description": program.description if program else "",
        "facts": [[_("Période"), period(portrait)], [_("Territoire"), place(portrait)]],
        "partners": _partners(program),
        "mark": mark(portrait),
        "exactness": exactness(portrait),
        "figures": key_figures(figures),
        "sections": drawn_sections(sections, language, files),
        "areas": [],
        "notes": [source(portrait), *notes(portrait)],
        "words": {
            "notes": _("Comment lire ce portrait"),
            "contents": _("Dans ce portrait"),
            "partners": _("Partenaires"),
            "read": _("Chiffres du %(when)s") % {"when": read_on(portrait)},
            "page": _("page"),
        },
    }


def key_figures(figures: list[KeyFigure]) -> list[dict[str, str]]:
    """The numbers of the cover."""
    return [{"text": f.text, "label": f.label, "detail": f.detail} for f in figures]


def drawn_sections(
    sections: list[Section], language: str, files: dict[str, bytes], *, charts: bool = True
) -> list[dict[str, Any]]:
    """The sections as the document sets them; drawings are added to `files` unless only tables are wanted."""
    return [
        {"title": section.title, "blocks": [_block(block, language, files, charts) for block in section.blocks]}
        for section in sections
    ]


def _partners(program: Program | None) -> list[str]:
    if program is None:
        return []
    return [partner.organization.name for partner in program.partners.select_related("organization")]


def _block(block: Block, language: str, files: dict[str, bytes], charts: bool) -> dict[str, Any]:
    wide = block.kind in ("heat", "months")
    name = f"{block.id}.svg" if charts and block.has_chart else ""
    shapes, schematic = features(block.shown, language) if name and block.id == "territory" else ([], False)
    if name:
        spec = map_spec(shapes, MAP) if shapes else block.spec(language, ACROSS if wide else BESIDE)
        files[name] = draw(spec, language)
    return {
        "title": block.title,
        "sentence": block.sentence,
        "source": " ".join(part for part in (block.source, block.note, _schematic(schematic)) if part),
        "wide": wide,
        "chart": name,
        "alternative": f"{block.alternative()} {_spoken(block)}",
        "columns": [
            column[:4] + "." if block.id == "monthly" and len(column) > 4 else column for column in block.columns
        ],
        "corner": _("Année") if block.id == "monthly" else block.title,
        "lines": [
            {"label": line.label, "depth": line.depth, "cells": [cell.text for cell in line.cells]}
            for line in block.lines
        ],
        "map": bool(shapes),
    }


def _schematic(schematic: bool) -> str:
    return _("Limites schématiques, dessinées à partir de points.") if schematic else ""


def _spoken(block: Block) -> str:
    """The figures of a chart as a sentence; a crossing and a calendar are told by their table."""
    if block.kind in ("heat", "months"):
        return _("Les chiffres sont dans le tableau qui suit.")
    figures = ((line.label, spoken() if line.cells[-1].hidden else line.cells[-1].text) for line in block.lines)
    return " ; ".join(f"{label} : {figure}" for label, figure in figures) + "."
