"""A release as an open-data package: a zip with the figures in CSV, their codebook and a Frictionless description.

Codes stand in `chiffres.csv`, their words in `lignes.csv`, `colonnes.csv`, `tableaux.csv` and `territoires.csv`: keys
and references are declared, so that a reader's own tools can check them. The same release gives the same bytes.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.tabular import guard
from maillage.statistics.attack_report import deductions
from maillage.statistics.publication import LICENCE, Publication, citation, figures_of, published_on

from .words import notes, source

WHOLE, TOTAL, TOGETHER = "_tout", "_denominateur", "_ensemble"
Field = tuple[str, str, str]
Resource = tuple[str, str, list[Field], list[tuple[Any, ...]], dict[str, Any]]


def write_publication_zip(publication: Publication, language: str, address: str) -> bytes:
    """The bytes of the package."""
    resources = _resources(publication)
    described = _described(publication, address, resources)
    files = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n",
        "LISEZMOI.md": _read_me(publication, address, resources).encode(),
        **{
            f"donnees/{name}.csv": _csv([field[0] for field in fields], rows)
            for name, _t, fields, rows, _k in resources
        },
    }
    buffer = io.BytesIO()
    day = published_on(publication.release)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{publication.name}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def _resources(publication: Publication) -> list[Resource]:
    return [
        _figures(publication),
        _areas(publication),
        _tables(publication),
        *_words(publication),
        _attack(publication),
    ]


_PLACE: list[Field] = [
    ("territoire", "string", "Code du territoire ; _tout pour l'ensemble."),
    ("tableau", "string", "Code du tableau."),
    ("ligne", "string", "Code de la ligne ; _denominateur pour le nombre dont les parts sont la part."),
    ("colonne", "string", "Code de la colonne d'un croisement ; _ensemble pour la ligne entière."),
]
_KEYS = {
    "primaryKey": [name for name, _t, _d in _PLACE],
    "foreignKeys": [
        {"fields": ["territoire"], "reference": {"resource": "territoires", "fields": ["territoire"]}},
        {"fields": ["tableau"], "reference": {"resource": "tableaux", "fields": ["tableau"]}},
        {"fields": ["tableau", "ligne"], "reference": {"resource": "lignes", "fields": ["tableau", "ligne"]}},
        {"fields": ["tableau", "colonne"], "reference": {"resource": "colonnes", "fields": ["tableau", "colonne"]}},
    ],
}


def _figures(publication: Publication) -> Resource:
    fields = [
        *_PLACE,
        ("nombre", "number", "Le nombre ; vide s'il est caché, ou si le tableau n'a pas de dénominateur."),
        ("part", "number", "Fraction du dénominateur, sans arrondi ; vide si elle est cachée ou n'a pas de sens."),
        (
            "cache",
            "boolean",
            "Vrai si le chiffre est caché pour protéger les personnes. Un chiffre caché n'est pas zéro.",
        ),
    ]
    rows: list[tuple[Any, ...]] = []
    for portrait in publication.portraits:
        for table in portrait.tables:
            shares = {row.code: row.share for row in table.rows}
            hidden = {row.code for row in table.rows if row.hidden}
            for row, column, count in figures_of(table):
                if not row and table.id == "monthly" and count is None:
                    continue
                share = shares.get(row) if not column else None
                unseen = count is None or (not column and row in hidden)
                rows.append((*_place(portrait.territory, table.id, row, column), count, share, unseen))
    return "chiffres", _("Les chiffres publiés, un par ligne"), fields, rows, _KEYS


def _place(area: str, table: str, row: str, column: str) -> tuple[str, str, str, str]:
    return area or WHOLE, table, row or TOTAL, column or TOGETHER


def _areas(publication: Publication) -> Resource:
    fields = [("territoire", "string", "Code du territoire."), ("nom", "string", "Nom du territoire.")]
    rows = [(code or WHOLE, name) for code, name in publication.areas]
    return "territoires", _("Les territoires"), fields, rows, {"primaryKey": ["territoire"]}


def _tables(publication: Publication) -> Resource:
    fields = [
        ("tableau", "string", "Code du tableau."),
        ("titre", "string", "Titre du tableau."),
        ("unite", "string", "Ce qui est compté : entries, persons, referrals, hours, sites, participations."),
        ("denominateur", "string", "Ce dont les parts sont la part, en mots."),
        ("multiple", "boolean", "Vrai si une même unité peut compter dans plusieurs lignes."),
    ]
    found = {table.id: table for portrait in publication.portraits for table in portrait.tables}
    rows = [(t.id, t.title, t.unit, t.denominator_label, t.multiple) for t in found.values()]
    return "tableaux", _("Les tableaux"), fields, rows, {"primaryKey": ["tableau"]}


def _words(publication: Publication) -> list[Resource]:
    """The codebook: the words of each code of a line and of a column."""
    lines: dict[tuple[str, str], tuple[Any, ...]] = {}
    heads: dict[tuple[str, str], tuple[Any, ...]] = {}
    for portrait in publication.portraits:
        for table in portrait.tables:
            lines.setdefault((table.id, TOTAL), (_("Total du tableau"), ""))
            heads.setdefault((table.id, TOGETHER), (_("Ensemble"),))
            root = ""
            for row in table.rows:
                root = root if row.depth else row.code
                lines.setdefault((table.id, row.code), (row.label, root if row.depth else ""))
            for column in table.columns:
                heads.setdefault((table.id, column.code), (column.label,))
    table_field = ("tableau", "string", "Code du tableau.")
    label = ("libelle", "string", "Le code en mots.")
    parent = ("partie_de", "string", "Code de la ligne dont celle-ci est une partie.")
    row_field, column_field = ("ligne", "string", "Code de la ligne."), ("colonne", "string", "Code de la colonne.")
    return [
        (
            *("lignes", _("Les codes des lignes"), [table_field, row_field, label, parent]),
            *([(*key, *words) for key, words in lines.items()], {"primaryKey": ["tableau", "ligne"]}),
        ),
        (
            *("colonnes", _("Les codes des colonnes"), [table_field, column_field, label]),
            *([(*key, *words) for key, words in heads.items()], {"primaryKey": ["tableau", "colonne"]}),
        ),
    ]


def _attack(publication: Publication) -> Resource:
    fields = [
        *_PLACE,
        ("minimum", "number", "Le plus petit nombre possible pour qui connaît tout ce qui est publié."),
        ("maximum", "number", "Le plus grand nombre possible ; vide s'il n'y a pas de limite."),
    ]
    rows = [(*_place(d.area, d.table, d.row, d.column), d.lowest, d.highest) for d in deductions(publication)]
    return "attaque", _("Ce que l'on peut déduire de chaque chiffre caché"), fields, rows, _KEYS


def _csv(head: list[str], rows: Iterable[tuple[Any, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard(value)
    return repr(int(value)) if float(value).is_integer() else repr(float(value))


def _described(publication: Publication, address: str, resources: list[Resource]) -> dict[str, Any]:
    release = publication.release
    assert release.published_at is not None
    return {
        "profile": "tabular-data-package",
        "name": publication.name.lower().replace("_", "-"),
        "id": str(release.uid),
        "title": release.title,
        "description": f"{publication.program_name}, {publication.period}. {source(publication.portraits[0])}",
        "version": str(release.version),
        "created": release.published_at.isoformat(),
        "homepage": address,
        "licenses": [{"name": LICENCE.id, "title": LICENCE.title, "path": LICENCE.address}],
        "sources": [{"title": source(publication.portraits[0])}],
        "contributors": [{"title": publication.program_name, "role": "publisher"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "title": title,
                "path": f"donnees/{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": n, "type": t, "description": d} for n, t, d in fields],
                    "missingValues": [""],
                    **keys,
                },
            }
            for name, title, fields, _rows, keys in resources
        ],
    }


def _read_me(publication: Publication, address: str, resources: list[Resource]) -> str:
    release = publication.release
    lines = [
        f"# {release.title}",
        "",
        f"{publication.program_name}, {publication.period}.",
        _("Publication %(number)s, version %(version)s.") % {"number": release.number, "version": release.version},
        "",
        f"## {_('Fichiers')}",
        "",
        *(f"- `donnees/{name}.csv` : {title}." for name, title, _f, _r, _k in resources),
        f"- `datapackage.json` : {_('description des champs, des clés et des sources (Frictionless Data Package)')}.",
        "",
        _("Les CSV sont en UTF-8, séparés par des virgules, avec un point décimal."),
        "",
        f"## {_('Comment lire ces chiffres')}",
        "",
        *(f"- {note}" for note in notes(publication.portraits[0])),
        "- " + _("Un chiffre caché n'est pas zéro."),
        "",
        f"## {_('Citer et réutiliser')}",
        "",
        citation(publication, address),
        "",
        f"{_('Licence')} : {LICENCE.title}, {LICENCE.address}",
        "",
    ]
    return "\n".join(lines)
