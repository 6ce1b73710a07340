"""The files of a release: one door for the public page and for whoever hands a release over.

They are written in French whoever reads them: a release gives the same files to everybody, for ever.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext as _

from maillage import __version__
from maillage.core.errors import Refused
from maillage.statistics.attack_report import deductions
from maillage.statistics.publication import LICENCE, Publication, citation, published_on

from .flat import write_attack_csv, write_publication_csv
from .open_data import write_publication_zip
from .publication_document import write_publication_pdf
from .publication_workbook import write_publication_xlsx

LANGUAGE = "fr-ca"
MONTH = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class PublicationFormat:
    """A kind of file of a release: what its name ends with, its media type, what writes it."""

    name: str
    media_type: str
    writer: Callable[[Publication, str, str], bytes]
    suffix: str = ""


def write_publication_json(publication: Publication, language: str, address: str) -> bytes:
    """The release as `docs/reference/release-files.md` says: what it is, then each portrait as `portrait-json.md`."""
    return json.dumps(as_json(publication, address), ensure_ascii=False, indent=2).encode() + b"\n"


def as_json(publication: Publication, address: str) -> dict[str, Any]:
    """What the JSON file holds."""
    release = publication.release
    return {
        "publication": str(release.uid),
        "number": release.number,
        "version": release.version,
        "title": release.title,
        "program": release.program.slug,
        "program_name": publication.program_name,
        "period": release.period,
        "from": release.start.isoformat(),
        "to": release.end.isoformat(),
        "published_on": published_on(release).isoformat(),
        "licence": {"id": LICENCE.id, "title": LICENCE.title, "address": LICENCE.address},
        "citation": citation(publication, address),
        "digest": release.digest,
        "portraits": [
            {**portrait.as_json(), "territory_name": portrait.territory_name or None}
            for portrait in publication.portraits
        ],
    }


FORMATS = {
    kind.name: kind
    for kind in (
        PublicationFormat("csv", "text/csv; charset=utf-8", lambda p, language, _a: write_publication_csv(p, language)),
        PublicationFormat(
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_publication_xlsx
        ),
        PublicationFormat("pdf", "application/pdf", write_publication_pdf),
        PublicationFormat("json", "application/json", write_publication_json),
        PublicationFormat("zip", "application/zip", write_publication_zip, suffix="_donnees-ouvertes"),
    )
}
ATTACK = PublicationFormat(
    "csv",
    "text/csv; charset=utf-8",
    lambda p, language, _a: write_attack_csv(deductions(p), language),
    suffix="_attaque",
)


def write(publication: Publication, format: str, address: str) -> bytes:
    """The bytes of a release as a file (`csv`, `xlsx`, `pdf`, `json`, `zip`); `address` is where it is published.

    Raises `Refused` for a format that is not one of these.
    """
    if format not in FORMATS:
        raise Refused(
            _("« %(format)s » n'est pas un format de publication : choisissez parmi %(formats)s.")
            % {"format": format, "formats": ", ".join(FORMATS)}
        )
    return written(publication, FORMATS[format], address)


def written(publication: Publication, kind: PublicationFormat, address: str) -> bytes:
    """The bytes of a file, written once and kept: a release does not change."""
    release = publication.release
    known = (__version__, release.uid, release.digest, release.title, release.published_at, kind.name, kind.suffix)
    key = f"publication-{sha256(repr((*known, address)).encode()).hexdigest()}"
    content: bytes | None = cache.get(key)
    if content is None:
        with translation.override(LANGUAGE):
            content = kind.writer(publication, LANGUAGE, address)
        cache.set(key, content, MONTH)
    return content


def file_name(publication: Publication, kind: PublicationFormat) -> str:
    """`entente-2013-2016_2014_n1_v1.csv`: programme, period, number and version."""
    return f"{publication.name}{kind.suffix}.{kind.name}"
