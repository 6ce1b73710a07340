"""Files of places made to harm: they lead nowhere, fill nothing, and get a sentence."""

import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import numpy
import pyogrio
import pytest
import shapely
from django.core.management import call_command

from maillage.core.tabular import Unreadable
from maillage.territories.geo import is_geo, read_places

POINT = {"type": "Point", "coordinates": [-71.2, 46.8]}


def _features(path: Path, *texts: str) -> Path:
    path.write_text('{"type": "FeatureCollection", "features": [' + ",".join(texts) + "]}", encoding="utf-8")
    return path


def _feature(geometry: str, properties: str = "{}") -> str:
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}'


def _layer(path: Path) -> Path:
    names = [numpy.array(["Ici"], dtype=object)]
    shapes = shapely.to_wkb([shapely.Point(-71.2, 46.8)])
    pyogrio.raw.write(path, shapes, names, ["nom"], geometry_type="Point", crs="EPSG:4326")
    return path


@pytest.mark.parametrize("prefix", ["../../", "/tmp/ailleurs/", "C:\\ailleurs\\", "a/../../"])
def test_names_of_an_archive_lead_nowhere(tmp_path: Path, prefix: str) -> None:
    (tmp_path / "s").mkdir()
    _layer(tmp_path / "s" / "points.shp")
    before = {path for path in tmp_path.parent.rglob("*") if "points" in path.name}
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for path in (tmp_path / "s").iterdir():
            archive.writestr(zipfile.ZipInfo(prefix + path.name), path.read_bytes())
    shutil.rmtree(tmp_path / "s")
    assert next(read_places(tmp_path / "p.zip").rows()).cells == ["Ici"]
    after = {path for path in tmp_path.parent.rglob("*") if "points" in path.name}
    assert after <= before


def test_a_link_in_an_archive_is_read_as_text(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("limites.shp")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("limites.dbf", "/etc/passwd")
    with pytest.raises(Unreadable):
        read_places(tmp_path / "p.zip")


def test_an_archive_that_swells_or_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * 1_000_000)
        archive.writestr("a.dbf", b"\0" * 1000)
    raw = bytearray(path.read_bytes())
    swollen = bytes(raw).replace((1_000_000).to_bytes(4, "little"), (900_000_000).to_bytes(4, "little"))
    path.write_bytes(swollen)
    with pytest.raises(Unreadable, match="démesurée"):
        read_places(path)
    raw[60:90] = b"\xff" * 30
    path.write_bytes(raw)
    with pytest.raises(Unreadable):
        read_places(path)


def test_a_layer_that_is_a_view_is_not_run(tmp_path: Path) -> None:
    path = _layer(tmp_path / "p.gpkg")
    with sqlite3.connect(path) as base:
        base.create_function("ST_IsEmpty", 1, lambda blob: 0)
        base.execute("ALTER TABLE p RENAME TO q")
        base.execute(
            "CREATE VIEW p AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS fid, (SELECT geom FROM q) AS geom, 'x' AS nom FROM n"
        )
    base.close()
    with pytest.raises(Unreadable):
        read_places(path)


@pytest.mark.parametrize(
    "coordinates", ["[NaN, 46]", "[Infinity, 46]", "[-71, -Infinity]", "[1e400, 46]", "[1e308, 1e308]", '["-71", "46"]']
)
def test_coordinates_that_are_no_place(tmp_path: Path, coordinates: str) -> None:
    bad = _feature(f'{{"type": "Point", "coordinates": {coordinates}}}')
    good = _feature(json.dumps(POINT))
    first, second, _third = read_places(_features(tmp_path / "p.geojson", bad, good, good)).rows()
    assert first.geometry is None
    assert first.remark
    assert second.geometry.x == -71.2


@pytest.mark.parametrize("depth", [100, 900, 980, 100_000])
def test_depth_is_survived(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    for text in (
        _feature(f'{{"type": "Polygon", "coordinates": {deep}}}'),
        _feature("null", f'{{"nom": {deep}}}'),
    ):
        try:
            [row] = read_places(_features(tmp_path / "p.geojson", text)).rows()
            assert row.geometry is None
        except Unreadable:
            assert depth > 500


def test_numbers_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_places(_features(tmp_path / "p.geojson", _feature("null", '{"n": ' + "9" * 10_000 + "}")))


def test_features_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="aucun élément"):
        read_places(_features(tmp_path / "p.geojson"))
    for texts in (["null"], ["3", "[]", "{}"]):
        rows = list(read_places(_features(tmp_path / "p.geojson", *texts)).rows())
        assert [row.geometry for row in rows] == [None] * len(texts)


@pytest.mark.parametrize(
    "crs", ["+proj=longlat +nadgrids=/etc/passwd", "+init=/etc/passwd:x", "/etc/passwd", '{"type": "x"}', "./grille"]
)
def test_a_system_of_coordinates_names_no_file(tmp_path: Path, crs: str) -> None:
    path = tmp_path / "p.geojson"
    told = {"type": "name", "properties": {"name": crs}}
    feature: dict[str, Any] = {"type": "Feature", "properties": {}, "geometry": POINT}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": told, "features": [feature]}))
    with pytest.raises(Unreadable, match="inconnu"):
        read_places(path)


@pytest.mark.parametrize("content", [b"/vsicurl/http://127.0.0.1/x", b"<VRTDataset/>", b"GPKG", b"SQLite format 3\x00"])
def test_what_only_looks_like_a_source(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.gpkg"
    path.write_bytes(content)
    if is_geo(path):
        with pytest.raises(Unreadable):
            read_places(path)


@pytest.mark.django_db
def test_halves_of_characters_do_not_stop_an_import(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    named = '{"code": "\\ud800 1", "nom\\u0000": "Ville \\udfff\\u0000 Inventée", "niveau": "mrc"}'
    _features(path, _feature('{"type": "Polygon", "coordinates": [[[-71,46],[-70,46],[-70,47],[-71,46]]]}', named))
    out = io.StringIO()
    call_command("import", "territories", str(path), "--json", "--dry-run", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["counts"]["new"] == 1
    row = next(read_places(path).rows())
    assert row.cells[1] == "Ville ? Inventée"
