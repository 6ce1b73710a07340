"""Geometries brought to WGS84, valid, in two dimensions."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from maillage.core.tabular import Unreadable

# About a metre: what the product keeps of coordinates.
PRECISION = 1e-5
# A declared name is a code of an authority or WKT, never a chain of PROJ: those name files to read.
_CHAIN = re.compile(r"[+=@]|^\s*[{/.]")
WGS84 = "EPSG:4326"


def to_wgs84(
    geometries: Sequence[BaseGeometry | None], crs: str, missing: str = ""
) -> tuple[list[BaseGeometry | None], list[str], list[str]]:
    """`(geometries, a remark for each, notes)`: reprojected from `crs`, flattened, repaired; None where nothing is left.

    `crs` is any text that PROJ knows; "" means that the file does not say, and `missing` why.
    """
    flat = shapely.force_2d(np.array(geometries, dtype=object))
    notes: list[str] = []
    if crs:
        flat, note = _reprojected(flat, crs)
        notes += [note] if note else []
    flat, note = _placed(flat, bool(crs), missing)
    notes += [note] if note else []
    found, remarks = [], []
    for geometry in flat:
        clean, remark = _clean(geometry)
        found.append(clean)
        remarks.append(remark)
    return found, remarks, notes


def _reprojected(geometries: np.ndarray, crs: str) -> tuple[np.ndarray, str]:
    try:
        if _CHAIN.search(crs) and "[" not in crs:
            raise pyproj.exceptions.CRSError(crs)
        source = pyproj.CRS.from_user_input(crs)
        if (source.is_geographic and source.to_epsg() in (4326, 4269, 4617)) or "CRS84" in crs:
            return geometries, ""
        mover = pyproj.Transformer.from_crs(source, WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as unknown:
        raise Unreadable(
            _("Le système de coordonnées « {crs} » est inconnu. Enregistrez le fichier en WGS84 (EPSG:4326).").format(
                crs=crs[:60]
            )
        ) from unknown

    def move(points: np.ndarray) -> np.ndarray:
        return np.column_stack(mover.transform(points[:, 0], points[:, 1]))

    moved = shapely.transform(geometries, move)
    return moved, _("Coordonnées converties de « {name} » vers WGS84.").format(name=source.name)


def _placed(geometries: np.ndarray, is_declared: bool, missing: str) -> tuple[np.ndarray, str]:
    """Check that coordinates are degrees; turn around those given latitude first."""
    bounds = shapely.bounds(geometries)
    known = np.isfinite(bounds).all(axis=1)
    if not known.any():
        return geometries, ""
    west, south = np.nanmedian(bounds[known, 0]), np.nanmedian(bounds[known, 1])
    if 40 < west < 84 and -142 < south < -52:
        return shapely.transform(geometries, lambda points: points[:, ::-1]), _(
            "Les coordonnées étaient inversées (latitude avant longitude) : elles ont été remises en ordre."
        )
    if not is_declared and (np.abs(bounds[known]) > 360).any(axis=1).mean() > 0.5:
        raise Unreadable(
            (missing or _("Le fichier ne dit pas son système de coordonnées."))
            + " "
            + _(
                "Ses nombres ne sont pas des degrés : ajoutez le fichier .prj, ou enregistrez-le en WGS84 (EPSG:4326), "
                "puis recommencez."
            )
        )
    if not is_declared and missing:
        return geometries, missing + " " + _("Ses nombres sont des degrés : ils ont été lus en WGS84.")
    return geometries, ""


def _clean(geometry: BaseGeometry | None) -> tuple[BaseGeometry | None, str]:
    if geometry is None or geometry.is_empty:
        return None, _("Cet élément n'a pas de géométrie.")
    west, south, east, north = geometry.bounds
    if not np.isfinite([west, south, east, north]).all() or west < -180.01 or east > 180.01 or abs(south) > 90.01:
        return None, _("La géométrie sort du globe : ses coordonnées sont fausses.")
    if north > 90.01:
        return None, _("La géométrie sort du globe : ses coordonnées sont fausses.")
    if geometry.is_valid:
        return geometry, ""
    reason = shapely.is_valid_reason(geometry).split("[")[0]
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if repaired.is_empty:
        return None, _("La géométrie est vide une fois réparée.")
    return repaired, _("La géométrie était invalide ({reason}) : elle a été réparée.").format(
        reason=REASONS.get(reason, reason)
    )


REASONS = {
    "Self-intersection": "contour qui se croise",
    "Ring Self-intersection": "contour qui se touche",
    "Hole lies outside shell": "trou hors du contour",
    "Nested shells": "parties emboîtées",
    "Duplicate Rings": "contours répétés",
    "Interior is disconnected": "intérieur coupé",
    "Too few points in geometry component": "trop peu de points",
    "Nested holes": "trous emboîtés",
}


def polygons(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """The polygonal part of a geometry, rounded to `PRECISION`; None when there is none."""
    if geometry is None:
        return None
    parts = [part for part in shapely.get_parts(geometry, return_index=False) if part.geom_type.endswith("Polygon")]
    if geometry.geom_type == "GeometryCollection":
        parts = [piece for part in parts for piece in shapely.get_parts(part)]
    if not parts:
        return None
    whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    rounded = shapely.set_precision(whole, PRECISION)
    return None if rounded.is_empty else shapely.normalize(rounded)


def to_geojson(geometry: BaseGeometry) -> str:
    """The geometry as compact GeoJSON with five decimals."""
    import json

    def short(value: Any) -> Any:
        return round(value, 5) if isinstance(value, float) else [short(part) for part in value]

    found = json.loads(shapely.to_geojson(geometry))
    return json.dumps({"type": found["type"], "coordinates": short(found["coordinates"])}, separators=(",", ":"))
