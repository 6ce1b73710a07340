"""Reads GeoJSON: a collection, one feature, or one feature a line."""

import json
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.tabular import Unreadable

from .found import Found


def looks_like(path: Path) -> bool:
    """Whether the file begins as JSON does."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head.lstrip(b"\xef\xbb\xbf \r\n\t\x1e").startswith((b"{", b"[")) or (
        head[:2] in (b"\xff\xfe", b"\xfe\xff") and (head.decode("utf-16", errors="ignore").lstrip().startswith("{"))
    )


def read(path: Path) -> Found:
    """The features of the file. Raises `Unreadable` when it is not GeoJSON."""
    document = _parse(path)
    if not isinstance(document, dict):
        raise Unreadable(_("Ce fichier JSON n'est pas du GeoJSON : il n'a pas d'éléments."))
    if document.get("type") == "Topology":
        raise Unreadable(_("Ce fichier est du TopoJSON. Enregistrez-le en GeoJSON, puis recommencez."))
    features = document.get("features") if document.get("type") != "Feature" else [document]
    if not isinstance(features, list):
        raise Unreadable(_("Ce fichier JSON n'est pas du GeoJSON : il n'a pas d'éléments (« features »)."))
    columns: dict[str, None] = {}
    kept = [feature if isinstance(feature, dict) else {} for feature in features]
    for feature in kept:
        columns.update(dict.fromkeys(_properties(feature)))
    if any("id" in feature for feature in kept) and "id" not in columns:
        columns["id"] = None
    geometries, notes = [], []
    broken = 0
    for feature in kept:
        geometry, ok = _geometry(feature.get("geometry"))
        geometries.append(geometry)
        broken += not ok
    if broken:
        notes.append(
            ngettext(
                "{n} géométrie est illisible : cet élément est pris sans elle.",
                "{n} géométries sont illisibles : ces éléments sont pris sans elles.",
                broken,
            ).format(n=broken)
        )
    rows = [
        [_cell({"id": feature.get("id"), **_properties(feature)}.get(name)) for name in columns] for feature in kept
    ]
    return Found("", list(columns), rows, geometries, _declared(document), notes=notes)


def _parse(path: Path) -> Any:
    raw = path.read_bytes()
    coding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(coding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as trouble:
        lines = [line.strip("\x1e ") for line in text.splitlines() if line.strip("\x1e ")]
        if len(lines) > 1:
            try:
                return {"type": "FeatureCollection", "features": [json.loads(line) for line in lines]}
            except (ValueError, RecursionError):
                pass
        where = f" (ligne {trouble.lineno})" if isinstance(trouble, json.JSONDecodeError) else ""
        raise Unreadable(
            _("Le fichier GeoJSON est abîmé ou incomplet{where}. Exportez-le de nouveau.").format(where=where)
        ) from trouble


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return {_text(name): value for name, value in found.items()} if isinstance(found, dict) else {}


def _geometry(raw: Any) -> tuple[Any, bool]:
    if not raw:
        return None, True
    try:
        # GEOS would take NaN and Infinity, which JSON does not have.
        return shapely.from_geojson(json.dumps(raw, allow_nan=False)), True
    except (shapely.errors.GEOSException, ValueError, TypeError, RecursionError):
        return None, False


def _cell(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        try:
            value = json.dumps(value, ensure_ascii=False)
        except RecursionError:
            return ""
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    """The text without what no database keeps: halves of characters and null characters, which escapes can write."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _declared(document: dict[str, Any]) -> str:
    crs = document.get("crs")
    if not isinstance(crs, dict):
        return ""
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and name else ""
