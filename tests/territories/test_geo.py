"""Files of places in any system of coordinates, with the oddities they have."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from maillage.core.tabular import Unreadable
from maillage.territories.geo import is_geo, list_layers, read_places
from maillage.territories.geo.shapes import polygons, to_geojson

SQUARE = shapely.box(-71, 46, -70, 47)


def _geojson(path: Path, features: list[Any], **more: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _lambert(path: Path, crs: str | None = "EPSG:32198") -> None:
    import pyproj

    move = pyproj.Transformer.from_crs(4326, 32198, always_xy=True)
    shape = shapely.transform(SQUARE, lambda points: __import__("numpy").column_stack(move.transform(*points.T)))
    columns = [__import__("numpy").array(["Été"], dtype=object)]
    pyogrio.raw.write(path, shapely.to_wkb([shape]), columns, ["nom"], geometry_type="Polygon", crs=crs)


def _zipped(folder: Path, target: Path, leave_out: str = "") -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.iterdir():
            if path.suffix != leave_out:
                archive.write(path, f"dossier/{path.name}")
    return target


def test_shapefile_in_a_zip_is_reprojected(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    _lambert(tmp_path / "s" / "limites.shp")
    table = read_places(_zipped(tmp_path / "s", tmp_path / "limites.zip"))
    row = next(table.rows())
    assert row.geometry.bounds == pytest.approx((-71, 46, -70, 47), abs=0.01)
    assert row.cells == ["Été"]
    assert any("converties" in note for note in table.notes)


def test_shapefile_beside_its_companions(tmp_path: Path) -> None:
    _lambert(tmp_path / "limites.shp")
    assert next(read_places(tmp_path / "limites.shp").rows()).cells == ["Été"]


def test_without_prj_the_numbers_tell(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    _lambert(tmp_path / "s" / "limites.shp")
    with pytest.raises(Unreadable, match="prj"):
        read_places(_zipped(tmp_path / "s", tmp_path / "limites.zip", ".prj"))


def test_shapefile_without_its_table(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    _lambert(tmp_path / "s" / "limites.shp")
    with pytest.raises(Unreadable, match="dbf"):
        read_places(_zipped(tmp_path / "s", tmp_path / "limites.zip", ".dbf"))
    alone = tmp_path / "seul.shp"
    alone.write_bytes((tmp_path / "s" / "limites.shp").read_bytes())
    with pytest.raises(Unreadable, match="compagnons"):
        read_places(alone)


def test_geopackage_with_layers(tmp_path: Path) -> None:
    path = tmp_path / "region.gpkg"
    _lambert(path)
    assert is_geo(path)
    assert list_layers(path) == ["region"]
    with pytest.raises(Unreadable, match="pas de couche"):
        read_places(path, "absente")


def test_a_database_is_not_a_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "base.gpkg"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(Unreadable, match="pas un GeoPackage"):
        read_places(path)


def test_a_virtual_file_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "piege.geojson"
    path.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    assert not is_geo(path)


def test_declared_crs_of_geojson(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    point = {"type": "Point", "coordinates": [-7903683.8, 5780349.2]}
    row = next(read_places(_geojson(tmp_path / "p.geojson", [_feature(point)], crs=crs)).rows())
    assert (round(row.geometry.x), round(row.geometry.y)) == (-71, 46)


def test_turned_coordinates_are_put_right(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [46.8, -71.2]}
    table = read_places(_geojson(tmp_path / "p.geojson", [_feature(point)]))
    assert next(table.rows()).geometry.x == -71.2
    assert any("inversées" in note for note in table.notes)


def test_missing_broken_and_distant_geometries_are_said(tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[-71, 46], [-70, 47], [-70, 46], [-71, 47], [-71, 46]]]}
    far = {"type": "Point", "coordinates": [500, 95]}
    features = [_feature(None, nom="a"), _feature(bow, nom="b"), _feature(far, nom="c"), _feature({"type": "Polygon"})]
    rows = list(read_places(_geojson(tmp_path / "p.geojson", features)).rows())
    assert [row.geometry is None for row in rows] == [True, False, True, True]
    assert "pas de géométrie" in rows[0].remark
    assert "réparée" in rows[1].remark
    assert "globe" in rows[2].remark
    assert rows[1].geometry.is_valid


@pytest.mark.parametrize(
    "text", ['{"type": "FeatureCollection", "features": [', "{}", "[1, 2]", '{"features": 3}', "{" * 9000]
)
def test_damaged_geojson(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.geojson"
    path.write_text(text)
    with pytest.raises(Unreadable):
        read_places(path)


def test_polygons_of_a_collection_are_rounded_and_flat() -> None:
    mixed = shapely.GeometryCollection([shapely.Point(0, 0), SQUARE, shapely.LineString([(0, 0), (1, 1)])])
    assert polygons(mixed).geom_type == "Polygon"
    assert polygons(shapely.Point(0, 0)) is None
    assert json.loads(to_geojson(SQUARE))["coordinates"][0][0] == [-70.0, 46.0]
