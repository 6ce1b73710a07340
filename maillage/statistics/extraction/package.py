"""The zip that is handed over: rows, codes and documents, described as a Frictionless data package."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from maillage.core.tabular import guard
from maillage.statistics.models import Extract

from . import codebook
from .fields import ALL
from .making import Column, Made

DATA, CODES = "interventions.csv", "codes.csv"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
TYPES = {"month": "yearmonth", "year": "year"}
LICENCE = {"name": "usage-limite-au-but-declare", "title": "Usage limité au but déclaré"}


def write(extract: Extract, made: Made, today: date) -> bytes:
    """The package; the same extract made of the same journal on the same day is the same bytes."""
    codes = _codes(made.columns)
    pieces = {
        "LISEZ-MOI.md": codebook.read_me(extract, made, today).encode(),
        "datapackage.json": _descriptor(extract, made, codes, today),
        DATA: made.data,
        CODES: codes,
        "dictionnaire.md": codebook.dictionary(extract, made).encode(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in pieces.items():
            package.writestr(zipfile.ZipInfo(name, FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def rows_of(package: bytes) -> list[dict[str, str]]:
    """The rows of a package, as whoever receives it reads them."""
    with zipfile.ZipFile(io.BytesIO(package)) as held:
        return list(csv.DictReader(io.StringIO(held.read(DATA).decode())))


def _codes(columns: Iterable[Column]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["column", "code", "label_fr", "label_en"])
    for column in columns:
        for code, (french, english) in column.codes:
            shown = "1" if column.level == "flag" else code
            writer.writerow([guard(column.name), guard(shown), guard(french), guard(english)])
    return buffer.getvalue().encode()


def _descriptor(extract: Extract, made: Made, codes: bytes, today: date) -> bytes:
    organization = {"organization": str(extract.organization)} if extract.organization else {}
    found = {
        "profile": "tabular-data-package",
        "name": f"extrait-{extract.program.slug}-{extract.number}",
        "id": str(extract.uid),
        "title": f"{extract.program.name} : extrait n° {extract.number}",
        "description": extract.purpose,
        "created": f"{today.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [
            {"title": str(extract.researcher), "role": "contributor", **organization},
            {"title": extract.program.name, "role": "publisher"},
        ],
        "purpose": extract.purpose,
        "agreement": extract.agreement,
        "personInCharge": str(extract.researcher),
        "expires": extract.expires_on.isoformat(),
        "anonymity": {
            key: made.outcome[key] for key in ("k", "diversity", "smallest", "classes", "rows", "withheld", "levels")
        },
        "resources": [
            _resource("interventions", DATA, made.data, [_field(column) for column in made.columns]),
            _resource("codes", CODES, codes, [_text(name) for name in ("column", "code", "label_fr", "label_en")]),
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def _resource(name: str, path: str, content: bytes, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _text(name: str) -> dict[str, Any]:
    return {"name": name, "type": "string"}


def _field(column: Column) -> dict[str, Any]:
    """A field with its type, what may stand in it, and the labels of its codes."""
    if column.level == "flag":
        french, english = column.codes[0][1]
        return {
            "name": column.name,
            "type": "integer",
            "title": french,
            "title_en": english,
            "description": str(ALL[column.field].title),
            "constraints": {"required": True, "enum": [0, 1]},
        }
    kind = TYPES.get(column.level, "string")
    codes = [code for code, _labels in column.codes]
    return {
        "name": column.name,
        "type": kind,
        "title": str(ALL[column.field].title),
        "description": str(ALL[column.field].says),
        "level": column.level,
        "constraints": {"enum": [int(code) for code in codes] if kind == "year" else codes},
        "labels": {code: {"fr": french, "en": english} for code, (french, english) in column.codes},
    }
