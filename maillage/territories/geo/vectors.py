"""Reads Shapefiles (zipped or beside their companions) and GeoPackages through GDAL, from copies of our own naming."""

import re
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from maillage.core.tabular import MAX_ROWS, Unreadable

from .found import Found

MAX_UNPACKED = 400 * 1024 * 1024
COMPANIONS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
_SHP = b"\x00\x00\x27\x0a"


def kind(path: Path) -> str:
    """`gpkg`, `shp`, `zip` (a Shapefile in an archive) or ""."""
    with path.open("rb") as file:
        head = file.read(100)
    if head.startswith(b"SQLite format 3\x00"):
        return "gpkg"
    if head.startswith(_SHP):
        return "shp"
    if head.startswith(b"PK") and any(Path(name).suffix.lower() in (".shp", ".gpkg") for name in _members(path)):
        return "zip"
    return ""


def _members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return []


def layers(path: Path, folder: Path) -> dict[str, tuple[Path, str | None]]:
    """`{shown name: (copied file, layer in it)}` of the polygon and point layers."""
    found: dict[str, tuple[Path, str | None]] = {}
    for name, copied in _copies(path, folder).items():
        if copied.suffix == ".gpkg":
            found |= {layer: (copied, layer) for layer in _gpkg_layers(copied)}
        else:
            found[name] = (copied, None)
    if not found:
        raise Unreadable(_("Le fichier ne contient aucune couche."))
    return found


def _gpkg_layers(path: Path) -> list[str]:
    with path.open("rb") as file:
        if file.read(72)[68:72] not in (b"GPKG", b"GP10", b"GP11"):
            raise Unreadable(_("Ce fichier est une base SQLite, pas un GeoPackage."))
    import pyogrio  # slow to load, and few processes read a layer

    try:
        tables = _plain_tables(path)
        return [str(n) for n, geometry in pyogrio.list_layers(path) if geometry is not None and str(n) in tables]
    except (pyogrio.errors.DataSourceError, sqlite3.DatabaseError) as trouble:
        raise Unreadable(_("Le GeoPackage est abîmé ou incomplet.")) from trouble


def _plain_tables(path: Path) -> set[str]:
    """Names of the tables that hold rows: a view or a virtual table runs what the file says, without end maybe."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        found = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name for name, sql in found if sql and not re.match(r"\s*create\s+virtual", sql, re.I)}


def _copies(path: Path, folder: Path) -> dict[str, Path]:
    """Copies of the files in `folder`, under names of ours, by the name to show."""
    what = kind(path)
    if what == "gpkg":
        shutil.copyfile(path, folder / "places.gpkg")
        return {"": folder / "places.gpkg"}
    if what == "shp":
        return _beside(path, folder)
    return _unzipped(path, folder)


def _beside(path: Path, folder: Path) -> dict[str, Path]:
    stem = path.with_suffix("")
    for companion in path.parent.glob("*"):
        same = companion.with_suffix("").name.casefold() == stem.name.casefold()
        if same and companion.suffix.lower() in COMPANIONS and companion.is_file():
            shutil.copyfile(companion, folder / f"layer{companion.suffix.lower()}")
    shutil.copyfile(path, folder / "layer.shp")
    if not (folder / "layer.dbf").exists():
        raise Unreadable(
            _(
                "Ce fichier .shp est seul : ses compagnons .dbf, .shx et .prj manquent. Envoyez-les ensemble dans un ZIP."
            )
        )
    return {stem.name: folder / "layer.shp"}


def _unzipped(path: Path, folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [p for p in archive.infolist() if Path(p.filename).suffix.lower() in (*COMPANIONS, ".gpkg")]
            if sum(part.file_size for part in wanted) > MAX_UNPACKED or len(wanted) > 500:
                raise Unreadable(_("L'archive, une fois dépliée, est démesurée. Envoyez les couches une à une."))
            stems: dict[str, str] = {}
            for part in sorted(wanted, key=lambda p: p.filename):
                name = Path(part.filename.replace("\\", "/"))
                if name.name.startswith("._") or "__MACOSX" in name.parts:
                    continue
                stem = stems.setdefault(str(name.with_suffix("")).casefold(), f"layer{len(stems)}")
                target = folder / f"{stem}{name.suffix.lower()}"
                with archive.open(part) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
                if target.suffix in (".shp", ".gpkg"):
                    found[name.stem] = target
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as trouble:
        raise Unreadable(_("L'archive ZIP est abîmée ou protégée.")) from trouble
    for name, target in found.items():
        if target.suffix == ".shp" and not target.with_suffix(".dbf").exists():
            raise Unreadable(_("Il manque le fichier .dbf de « {name} » dans l'archive.").format(name=name))
    return found


def read(path: Path, folder: Path, layer: str) -> Found:
    """The features of one layer (the first by default)."""
    available = layers(path, folder)
    if layer and layer not in available:
        raise Unreadable(
            _("Le fichier n'a pas de couche « {layer} ». Ses couches : {names}.").format(
                layer=layer, names=", ".join(available)
            )
        )
    name = layer or next(iter(available))
    copied, inner = available[name]
    meta, geometries, columns, is_guessed = _load(name, copied, inner)
    is_utf8 = is_guessed and _is_utf8(columns)
    rows = [[_cell(value, is_utf8) for value in line] for line in zip(*columns, strict=True)] if columns else []
    missing = "" if meta["crs"] else _missing(copied.suffix == ".shp")
    several = len(available) > 1
    notes = [_("Couche lue : {name}.").format(name=name)] if several else []
    fields = [str(title) for title in meta["fields"]]
    return Found(name if several else "", fields, rows, geometries, meta["crs"] or "", missing, notes)


def _load(name: str, path: Path, layer: str | None) -> tuple[dict[str, Any], list[Any], list[Any], bool]:
    """What GDAL reads of a layer, and whether the encoding of its texts was guessed."""
    import pyogrio  # slow to load, and few processes read a layer

    options: dict[str, Any] = {"layer": layer, "force_2d": True, "max_features": MAX_ROWS + 1}
    if path.suffix == ".shp":
        # Damaged indexes are rebuilt in our copy; the encoding is settled by the caller when no .cpg says it.
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
        if not path.with_suffix(".cpg").exists():
            options["encoding"] = "ISO-8859-1"
    try:
        meta, _fids, raw, columns = pyogrio.raw.read(path, **options)
        geometries = shapely.from_wkb(raw, on_invalid="ignore") if raw is not None else [None] * len(columns[0])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError) as bad:
        raise Unreadable(
            _("La couche « {name} » est abîmée ou d'un type que nous ne lisons pas.").format(name=name)
        ) from bad
    return meta, list(geometries), columns, "encoding" in options


def _missing(is_shape: bool) -> str:
    if is_shape:
        return _("Le fichier .prj manque : le système de coordonnées n'est pas dit.")
    return _("La couche ne dit pas son système de coordonnées.")


def _is_utf8(columns: list[Any]) -> bool:
    """Whether texts read as Latin-1 were UTF-8: they all decode, and some hold accents."""
    accented = [v for column in columns for v in column if isinstance(v, str) and not v.isascii()][:500]
    try:
        return bool(accented) and all(v.encode("latin-1").decode("utf-8") for v in accented)
    except UnicodeError:
        return False


def _cell(value: Any, is_utf8: bool) -> Any:
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return None
        moment: datetime | date = value.astype("datetime64[s]").item()
        return moment
    if isinstance(value, np.generic):
        return value.item()
    if is_utf8 and isinstance(value, str):
        return value.encode("latin-1").decode("utf-8")
    return value
