"""From a file to objects of HSDS, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.tabular.heading import key

from .data_inclusion.columns import is_services, is_structures, renamed
from .data_inclusion.reading import TemplateReader
from .files import Opened, Rows, open_file
from .glossary import Glossary
from .hsds.documents import objects_in
from .hsds.package import Assembly, table_named

HSDS_JSON, HSDS_CSV, TEMPLATE, TABLE = "hsds-json", "hsds-csv", "data-inclusion", "tableau"
FORMATS = (HSDS_JSON, HSDS_CSV, TEMPLATE, TABLE)


@dataclass(frozen=True, slots=True)
class Piece:
    """An object of a file before it is read: a service or an organization, in the form of HSDS."""

    table: str
    raw: Mapping[str, Any]

    def __str__(self) -> str:
        owner = self.raw.get("organization")
        of = f" – {owner.get('name', '')}" if isinstance(owner, Mapping) else ""
        return f"{self.raw.get('name') or '?'}{of}"


@dataclass(slots=True)
class Loaded:
    """What a file holds: its format, its pieces with their line, sentences about it and about lines."""

    format: str
    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


def load(path: Path) -> Loaded:
    """Read the file. Raises `Refused` with a sentence when it is no directory of services."""
    opened = open_file(path)
    found = _from_sheets(opened.sheets) if opened.sheets else _from_json(opened)
    if not found.pieces:
        raise Refused(
            _(
                "Aucun service ni aucune organisation dans ce fichier. Formats reconnus : HSDS 3 (JSON, tableaux CSV en ZIP), "
                "gabarit data·inclusion (XLSX, CSV, JSON), ou un tableau avec les colonnes « Service » et « Organisme »."
            )
        )
    found.notes = [*opened.notes, _("Format reconnu : {name}.").format(name=found.format), *found.notes]
    return found


def _from_json(opened: Opened) -> Loaded:
    content = opened.content
    if isinstance(content, Mapping) and isinstance(content.get("structures"), list):
        return _template(_dicts(content["structures"]), _dicts(content.get("services")))
    if isinstance(content, list) and (rows := _dicts(content)) and {"nom", "id"} <= set(rows[0]):
        return _template([], rows) if "structure_id" in rows[0] else _template(rows, [])
    pieces = [(line, Piece(table, raw)) for line, (table, raw) in enumerate(objects_in(content), start=1)]
    return Loaded(HSDS_JSON, pieces)


def _from_sheets(sheets: Mapping[str, Rows]) -> Loaded:
    structures: Rows = []
    services: Rows = []
    links: Rows = []
    for rows in sheets.values():
        titles = {key(title).replace(" ", "_") for title in rows[0]} if rows else set()
        if is_services(titles):
            services += _plain(rows)
        elif is_structures(titles):
            structures += _plain(rows)
        elif {"service_id", "thematique"} <= titles:
            links += _plain(rows)
    if services or structures:
        return _template(structures, _with_links(services, links))
    tables = {table: rows for name, rows in sheets.items() if (table := table_named(name))}
    if "service" in tables or "organization" in tables:
        first = next(iter(tables.get("service") or tables["organization"]), {})
        if "id" in first or "organization_id" in first:
            found = Assembly(tables).objects()
            return Loaded(HSDS_CSV, [(line, Piece(table, raw)) for line, table, raw in found])
    return _partner_table(sheets)


def _partner_table(sheets: Mapping[str, Rows]) -> Loaded:
    """A table of services with titles of its own."""
    for rows in sheets.values():
        names = renamed(list(rows[0])) if rows else {}
        if names:
            found = _template([], [{names.get(title, title): value for title, value in row.items()} for row in rows])
            found.format = TABLE
            said = ", ".join(f"{title} → {column}" for title, column in names.items() if title != column)
            found.notes.append(_("Colonnes reconnues : {names}.").format(names=said or ", ".join(names)))
            return found
    return Loaded(TABLE)


def _template(structures: Rows, services: Rows) -> Loaded:
    reader = TemplateReader(Glossary())
    pieces = [(line, Piece(table, raw)) for line, table, raw in reader.objects(structures, services)]
    return Loaded(TEMPLATE, pieces, [], reader.notes)


def _with_links(services: Rows, links: Rows) -> Rows:
    """Services with the themes that a sheet of their own links to them."""
    themes: dict[str, list[str]] = {}
    for link in links:
        if link.get("__ignore__") not in (True, "TRUE", "VRAI") and link.get("thematique"):
            themes.setdefault(str(link.get("service_id")), []).append(str(link["thematique"]))
    for row in services:
        more = themes.get(str(row.get("id")), [])
        if more:
            said = [one.strip() for one in str(row.get("thematiques") or "").split(",") if one.strip()]
            row["thematiques"] = list(dict.fromkeys([*said, *more]))
    return services


def _plain(rows: Rows) -> Rows:
    """Rows under the names of the template, however the titles are written."""
    own = ("__ignore__",)
    return [
        {title if title in own else key(title).replace(" ", "_"): value for title, value in row.items()} for row in rows
    ]


def _dicts(content: Any) -> Rows:
    return [dict(one) for one in content if isinstance(one, Mapping)] if isinstance(content, list) else []
