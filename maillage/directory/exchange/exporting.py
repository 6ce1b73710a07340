"""Writes the directory in the files in which directories travel: the way back from `loading.py`."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from maillage.core.tabular.write import FORMULA_STARTS, Sheet, write_xlsx
from maillage.directory.models import Organization, Service
from maillage.directory.reading import organization_sheets_of, sheets_of

from .data_inclusion.columns import SERVICE, STRUCTURE
from .data_inclusion.writing import codes_of_terms, service_row, structure_row
from .hsds.package import FILES, MORE, taken_apart
from .hsds.publishing import every_service
from .hsds.tables import fields
from .loading import HSDS_CSV, HSDS_JSON, TEMPLATE

Row = dict[str, Any]
Tick = Callable[[int, int], None]
# Format, then what the name of a file ends with: the first is used when nothing says otherwise.
ENDINGS = {HSDS_JSON: (".json",), HSDS_CSV: (".zip",), TEMPLATE: (".xlsx", ".json", ".zip")}


def silent(done: int, total: int) -> None:
    """Show no progress."""


def export(services: "QuerySet[Service]", name: str, ending: str = "", tick: Tick = silent) -> Iterator[bytes]:
    """The parts of a file that holds these services with their organizations. `services` are in an order."""
    if name == HSDS_JSON:
        yield from _json(services, tick)
    elif name == HSDS_CSV:
        yield _package(services, tick)
    else:
        yield _template(services, ending or ENDINGS[TEMPLATE][0], tick)


def _counted(rows: Iterable[Any], total: int, tick: Tick) -> Iterator[Any]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % 100 == 0 or done == total:
            tick(done, total)


def _json(services: "QuerySet[Service]", tick: Tick) -> Iterator[bytes]:
    """A list of services in full, one a line, as it is read: any number of them."""
    yield b"["
    start = "\n"
    for row in _counted(every_service(services), services.count(), tick):
        yield (start + json.dumps(row, ensure_ascii=False)).encode()
        start = ",\n"
    yield b"\n]\n"


def _package(services: "QuerySet[Service]", tick: Tick) -> bytes:
    """A CSV data package: a table a file, and the list of them."""
    rows = _counted(every_service(services), services.count(), tick)
    tables = taken_apart(("service", row) for row in rows)
    files: dict[str, bytes] = {}
    for table, found in tables.items():
        if found:
            files[f"{FILES.get(table, table)}.csv"] = _csv(_columns(table, found), found)
    listed = [{"name": name.removesuffix(".csv"), "path": name, "profile": "tabular-data-resource"} for name in files]
    told = {"name": "human_services_data", "title": "HSDS 3.1", "profile": "tabular-data-package", "resources": listed}
    files["datapackage.json"] = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return _zip(files)


def _columns(table: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns of the specification, then those of the profile that these rows need."""
    plain = [name for name, field in fields(table).items() if not field.is_nested]
    own = sorted({name for row in rows for name in row} - set(plain) - {MORE})
    return [*plain, *own, *([MORE] if any(MORE in row for row in rows) else [])]


def _template(services: "QuerySet[Service]", ending: str, tick: Tick) -> bytes:
    """The template of data·inclusion: structures and services."""
    owners = Organization.objects.filter(services__in=services).distinct().order_by("name", "pk")
    known = {sheet.uid: (sheet, row.updated_at.date()) for row, sheet in organization_sheets_of(owners)}
    codes = codes_of_terms()
    structures = [structure_row(sheet, changed) for sheet, changed in known.values()]
    pairs = _counted(sheets_of(services), services.count(), tick)
    rows = [service_row(sheet, known[sheet.organization][0], row.updated_at.date(), codes) for row, sheet in pairs]
    if ending == ".json":
        return json.dumps({"structures": structures, "services": rows}, ensure_ascii=False, indent=1).encode()
    if ending == ".zip":
        return _zip({"structures.csv": _csv(STRUCTURE, structures), "services.csv": _csv(SERVICE, rows)})
    sheets = [
        Sheet("Structures", STRUCTURE, [[_joined(row[name]) for name in STRUCTURE] for row in structures]),
        Sheet("Services", SERVICE, [[_joined(row[name]) for name in SERVICE] for row in rows]),
    ]
    return write_xlsx(sheets)


def _joined(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table in UTF-8 with a mark and commas, as machines read it and spreadsheets open it."""
    names = list(columns)
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str:
    """A cell. What a spreadsheet would take for a formula has an apostrophe before it; numbers with a sign are none."""
    if value is None:
        return ""
    said = ", ".join(value) if isinstance(value, list) else str(value)
    bare = said.lstrip()
    if not bare.startswith(FORMULA_STARTS) and not said.startswith(FORMULA_STARTS):
        return said
    is_number = bare[:1] in "+-" and all(char in "0123456789 .()-" for char in bare[1:])
    return said if is_number else f"'{said}"


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
