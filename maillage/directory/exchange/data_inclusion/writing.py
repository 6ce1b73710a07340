"""Rows of the template of data·inclusion from sheets: valid by its schema, with what came in that form given back."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from maillage.directory.enums import Fee
from maillage.directory.models import TermMatch
from maillage.directory.sheets import OrganizationSheet, PlaceSheet, ServiceSheet
from maillage.directory.shipped_taxonomies import CLIENTELES, MODES, NEEDS, PUBLICS, THEMES, WAYS

from .columns import ASKED_BY, REACHED_BY, SERVICE, STRUCTURE, TYPES
from .opening_hours import same, written
from .reading import OWN

Row = dict[str, Any]
Codes = Mapping[tuple[str, str, str], list[str]]
SOURCE = "maillage"
_ZONE = re.compile(r"\w{5}|\w{2,3}|\d{9}|france")
_FRENCH_POSTAL = re.compile(r"\d{5}")
_FEES = {Fee.FREE: "gratuit", Fee.SLIDING: "payant", Fee.PAID: "payant"}
_LIMITS = {"nom": 150, "description": 10_000}


def codes_of_terms() -> Codes:
    """For `(scheme, taxonomy, term)` the codes that say the same; without such, the first that is near or broader."""
    found: dict[tuple[str, str, str], list[str]] = {}
    nearest: dict[tuple[str, str, str], str] = {}
    for match in TermMatch.objects.select_related("term__taxonomy").order_by("pk"):
        at = (match.scheme, match.term.taxonomy.code, match.term.code)
        if match.kind == "exact":
            found.setdefault(at, []).append(match.code)
        nearest.setdefault(at, match.code)
    return {at: found.get(at) or [code] for at, code in nearest.items()}


def structure_row(sheet: OrganizationSheet, changed: date) -> Row:
    """An organization."""
    own = _own(sheet.beyond)
    place = sheet.places[0] if sheet.places else None
    numbers = {line.kind: line.value for line in sheet.identifiers}
    row = {
        **_common(sheet, own, changed),
        "nom": sheet.name,
        "siret": numbers.get("SIRET"),
        "description": sheet.description,
        "site_web": sheet.website,
        "horaires_accueil": _hours(own, place.schedules if place else ()),
        "accessibilite_lieu": own.get("accessibilite_lieu"),
        "reseaux_porteurs": own.get("reseaux_porteurs"),
        **(_address(place) if place else {}),
    }
    return _finished(row, STRUCTURE)


def service_row(sheet: ServiceSheet, owner: OrganizationSheet, changed: date, codes: Codes) -> Row:
    """A service of `owner`."""
    own = _own(sheet.beyond)
    at = next((one for one in sheet.at if one.beyond.get(OWN) != "structure"), None)
    row = {
        **_common(sheet, own, sheet.checked_on or changed),
        "structure_id": number_of(owner),
        "nom": sheet.name,
        "description": sheet.description or sheet.name,
        "type": own.get("type") if own.get("type") in TYPES else None,
        "thematiques": _terms(sheet, NEEDS, THEMES, codes),
        "publics": _terms(sheet, CLIENTELES, PUBLICS, codes),
        "modes_accueil": _terms(sheet, WAYS, MODES, codes),
        "frais": _FEES.get(Fee(sheet.fee)) if sheet.fee else None,
        "frais_precisions": sheet.fee_note,
        **_conditions(sheet, own),
        "zone_eligibilite": _zones(sheet),
        "contact_nom_prenom": next((line.name for line in sheet.contacts if line.name), None),
        "modes_mobilisation": _reached(sheet, own),
        "lien_mobilisation": sheet.website,
        "mobilisable_par": [one for one in own.get("mobilisable_par", []) if one in ASKED_BY],
        "mobilisation_precisions": sheet.application_process,
        "volume_horaire_hebdomadaire": _number(own.get("volume_horaire_hebdomadaire")),
        "nombre_semaines": _whole(own.get("nombre_semaines")),
        "horaires_accueil": _hours(own, sheet.schedules),
        **(_address(at.place) if at else {}),
    }
    return _finished(row, SERVICE)


def number_of(sheet: ServiceSheet | OrganizationSheet) -> str:
    """The number by which the source knows it, else ours."""
    return sheet.source_key or str(sheet.uid)


def _own(beyond: Mapping[str, Any]) -> Mapping[str, Any]:
    found = beyond.get(OWN)
    return found if isinstance(found, Mapping) else {}


def _common(sheet: ServiceSheet | OrganizationSheet, own: Mapping[str, Any], changed: date) -> Row:
    return {
        "source": own.get("source") or SOURCE,
        "id": number_of(sheet),
        "date_maj": changed.isoformat(),
        "telephone": next((line.number for line in sheet.phones), None),
        "courriel": sheet.email,
        "lien_source": own.get("lien_source"),
    }


def _terms(sheet: ServiceSheet, taxonomy: str, scheme: str, codes: Codes) -> list[str]:
    """The codes that a file gave for each term, else those that our table gives, once each."""
    found: dict[str, None] = {}
    for line in sheet.terms:
        if line.taxonomy == taxonomy:
            given = line.beyond.get(OWN)
            found |= dict.fromkeys(given if isinstance(given, list) else codes.get((scheme, taxonomy, line.code), []))
    if taxonomy == CLIENTELES and len(found) > 1:
        found.pop("tous-publics", None)
    return list(found)


def _conditions(sheet: ServiceSheet, own: Mapping[str, Any]) -> Row:
    parts = {name: own[name] for name in ("publics_precisions", "conditions_acces") if own.get(name)}
    if "\n\n".join(parts.values()) == sheet.eligibility:
        return parts
    return {"conditions_acces": sheet.eligibility}


def _zones(sheet: ServiceSheet) -> list[str]:
    said = (("france" if line.name == "France" else line.division or line.name) for line in sheet.areas)
    return [one for one in dict.fromkeys(said) if _ZONE.fullmatch(one)]


def _reached(sheet: ServiceSheet, own: Mapping[str, Any]) -> list[str]:
    given = [one for one in own.get("modes_mobilisation", []) if one in REACHED_BY]
    ways = {
        "telephoner": bool(sheet.phones),
        "envoyer-un-courriel": bool(sheet.email),
        "utiliser-lien-mobilisation": bool(sheet.website),
    }
    return given or [way for way, is_open in ways.items() if is_open]


def _hours(own: Mapping[str, Any], lines: Iterable[Any]) -> str:
    hours, said = list(lines), own.get("horaires_accueil") or ""
    return said if said and same(said, hours) else written(hours)


def _address(place: PlaceSheet) -> Row:
    """The address of a place. A postal code that is not of the template's form ends the second line."""
    is_theirs = bool(_FRENCH_POSTAL.fullmatch(place.postal_code))
    second = place.address_2 if is_theirs else ", ".join(filter(None, (place.address_2, place.postal_code)))
    code = place.municipality or str(_own(place.beyond).get("code_insee") or "")
    return {
        "adresse": place.address_1,
        "complement_adresse": second,
        "commune": place.city,
        "code_postal": place.postal_code if is_theirs else None,
        "code_insee": code if re.fullmatch(r"\w{5}", code) else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _number(value: Any) -> float | None:
    try:
        return max(0.0, float(str(value).replace(",", "."))) if value not in (None, "") else None
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    found = _number(value)
    return int(found) if found and found.is_integer() and found >= 1 else None


def _finished(row: Row, columns: tuple[str, ...]) -> Row:
    """The columns of the template, in their order; what is empty is None, what is too long is cut."""
    found = {name: None if row.get(name) in ("", [], None) else row[name] for name in columns}
    for name, most in _LIMITS.items():
        if isinstance(found.get(name), str) and len(found[name]) > most:
            found[name] = f"{found[name][: most - 1]}…"
    if found["description"] and len(found["description"]) < 5:
        found["description"] = f"{found['nom']} – {found['description']}"
    if len(found["nom"]) < 3:
        found["nom"] = f"{found['nom']} (service)"
    return found
