"""Lists of tables (`tabular.json`, a CSV data package) to nested objects, and back.

Names of files are those of the specification; a row that bears several links stands under each of the things it names.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .tables import fields, tables
from .taking import is_blank

Rows = list[dict[str, Any]]
# The file of each table, in the order of a package; others are named as their table.
FILES = {
    "organization": "organizations",
    "program": "programs",
    "service": "services",
    "attribute": "attributes",
    "service_at_location": "service_at_location",
    "location": "locations",
    "phone": "phones",
    "contact": "contacts",
    "address": "addresses",
    "schedule": "schedules",
    "funding": "funding",
    "service_area": "service_areas",
    "required_document": "required_documents",
    "language": "languages",
    "accessibility": "accessibility",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
    "organization_identifier": "organization_identifiers",
    "unit": "units",
    "service_capacity": "service_capacity",
    "cost_option": "cost_options",
    "url": "url",
}
MORE = "qc_more"  # the column of what no cell says: lists and objects, as JSON
_OBJECTS = {"organization": "organization_id", "program": "program_id", "location": "location_id", "unit": "unit_id"}


def table_named(file_name: str) -> str:
    """The table that a file holds by its name, singular or plural; "" for none."""
    stem = file_name.lower().rsplit("/", 1)[-1].removesuffix(".csv").removesuffix(".json").replace("-", "_")
    known = {name: table for table, name in FILES.items()} | {table: table for table in tables()}
    known |= {f"{table}s": table for table in tables()}
    return known.get(stem, "")


class Assembly:
    """Nested objects from the rows of tables, each made once."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self.rows = {table: [_whole(row) for row in found] for table, found in rows.items()}
        self._by_id = {
            table: {str(row.get("id")): row for row in reversed(found)} for table, found in self.rows.items()
        }
        self._below: dict[tuple[str, str, str], Rows] = defaultdict(list)
        for table, found in self.rows.items():
            links = [
                name for name in fields(table) if name.endswith("_id") and name not in ("taxonomy_id", "parent_id")
            ]
            for row in found:
                for link in links:
                    if not is_blank(row.get(link)):
                        self._below[table, link, str(row[link])].append(row)
        self._made: dict[tuple[str, int], dict[str, Any]] = {}

    def objects(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """`(line, table, object)`: every service, then the organizations that offer none."""
        named = set()
        for line, row in enumerate(self.rows.get("service", []), start=2):
            named.add(str(row.get("organization_id")))
            yield line, "service", self.nested("service", row)
        for line, row in enumerate(self.rows.get("organization", []), start=2):
            if str(row.get("id")) not in named:
                yield line, "organization", self.nested("organization", row)

    def nested(self, table: str, row: dict[str, Any], deep: int = 0) -> dict[str, Any]:
        """A row with the rows that belong to it."""
        made = self._made.get((table, id(row)))
        if made is not None or deep > 8:
            return made or {}
        found = self._made[table, id(row)] = dict(row)
        number = str(row.get("id") or "")
        for name, field in fields(table).items():
            if field.kind == "object":
                self._one(found, row, name, field.table, deep)
            elif field.is_nested and number and field.table not in ("metadata", "attribute"):
                below = self._below.get((field.table, f"{table}_id", number), [])
                if below:
                    found[name] = [self.nested(field.table, one, deep + 1) for one in below]
        attributes = [
            self._attribute(one) for one in self._below.get(("attribute", "link_id", number), []) if _is_of(one, table)
        ]
        if attributes and number:
            found["attributes"] = attributes
        return found

    def _one(self, found: dict[str, Any], row: dict[str, Any], name: str, table: str, deep: int) -> None:
        link = _OBJECTS.get(name)
        target = self._by_id.get(table, {}).get(str(row.get(link))) if link else None
        if target is not None:
            found[name] = self.nested(table, target, deep + 1)

    def _attribute(self, row: dict[str, Any]) -> dict[str, Any]:
        term = self._by_id.get("taxonomy_term", {}).get(str(row.get("taxonomy_term_id")))
        if term is None:
            return row
        taxonomy = self._by_id.get("taxonomy", {}).get(str(term.get("taxonomy_id")))
        whole = {**term, "taxonomy_detail": taxonomy} if taxonomy else term
        return {**row, "taxonomy_term": whole}


def _is_of(attribute: Mapping[str, Any], table: str) -> bool:
    said = str(attribute.get("link_entity") or "").lower().removesuffix("s")
    return said == table.removesuffix("s") or said not in {name.removesuffix("s") for name in tables()}


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without blanks, with what its last column holds as JSON."""
    found = {str(name): value for name, value in row.items() if name and not is_blank(value)}
    more = found.pop(MORE, None)
    try:
        read = json.loads(more) if isinstance(more, str) else None
    except ValueError:
        return found | {MORE: more}
    return found | read if isinstance(read, dict) else found


def taken_apart(objects: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Rows]:
    """The rows of every table from nested objects: each thing once, whoever holds it."""
    found: dict[str, Rows] = {table: [] for table in FILES}
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for table, one in objects:
        _apart(found, seen, table, one, {})
    return found


def _apart(
    found: dict[str, Rows],
    seen: dict[tuple[str, str], dict[str, Any]],
    table: str,
    one: Mapping[str, Any],
    links: Mapping[str, Any],
) -> None:
    known = fields(table)
    number = str(one.get("id") or "")
    row: dict[str, Any] = {name: value for name, value in links.items() if name in known}
    if number and (table, number) in seen:
        before = seen[table, number]
        before |= {name: value for name, value in row.items() if name not in before}
        return
    seen[table, number] = row
    more: dict[str, Any] = {}
    found.setdefault(table, []).append(row)
    for name, value in one.items():
        field = known.get(name)
        if field is None or not field.is_nested:
            if isinstance(value, (dict, list)) or (field is None and not name.startswith("qc_")):
                more[name] = value
            else:
                row[name] = value
        elif field.table == "metadata":
            continue
        elif field.kind == "object" and isinstance(value, Mapping):
            link = _OBJECTS.get(name) or ("taxonomy_id" if name == "taxonomy_detail" else "taxonomy_term_id")
            row.setdefault(link, value.get("id"))
            _apart(found, seen, field.table, value, {})
        elif isinstance(value, list):
            for child in value:
                _apart(found, seen, field.table, child, _links(table, number, field.table))
    if more:
        row[MORE] = json.dumps(more, ensure_ascii=False, sort_keys=True)


def _links(table: str, number: str, child: str) -> dict[str, str]:
    if child == "attribute":
        return {"link_id": number, "link_entity": table}
    return {f"{table}_id": number}
