"""The files of a portrait: one door for the page, the command line and whoever hands a portrait over."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.statistics.portrait import Portrait

from .document import write_pdf
from .flat import write_csv
from .workbook import write_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the end of its name, its media type and what writes it."""

    name: str
    media_type: str
    writer: Callable[[Portrait, str], bytes]


def write_json(portrait: Portrait, language: str) -> bytes:
    """The portrait as `docs/reference/portrait-json.md` says, indented."""
    return json.dumps(portrait.as_json(), ensure_ascii=False, indent=2).encode() + b"\n"


FORMATS = {
    kind.name: kind
    for kind in (
        Format("json", "application/json", write_json),
        Format("csv", "text/csv; charset=utf-8", write_csv),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
        Format("pdf", "application/pdf", write_pdf),
    )
}


def write(portrait: Portrait, format: str, language: str = "fr") -> bytes:
    """The bytes of `portrait` as a file of `format` (`json`, `csv`, `xlsx` or `pdf`), in `language`.

    Raises `Refused` for a format that is not one of these.
    """
    if format not in FORMATS:
        raise Refused(
            _("« %(format)s » n'est pas un format de portrait : choisissez parmi %(formats)s.")
            % {"format": format, "formats": ", ".join(FORMATS)}
        )
    with translation.override(language):
        return FORMATS[format].writer(portrait, language)


def file_name(portrait: Portrait, format: str) -> str:
    """`portrait-entente-2013-2016_2013-04-01_2016-03-31.pdf`, with the territory's code where there is one."""
    place = f"_{portrait.territory}" if portrait.territory else ""
    return f"portrait-{portrait.program}{place}_{portrait.start:%Y-%m-%d}_{portrait.end:%Y-%m-%d}.{format}"
