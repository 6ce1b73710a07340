"""Objects of HSDS from the tables of data·inclusion. What the template says and HSDS does not is kept under `qc_di`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.tabular.heading import key
from maillage.directory.exchange.glossary import Glossary
from maillage.directory.exchange.values import text
from maillage.directory.shipped_taxonomies import CLIENTELES, MODES, NEEDS, PUBLICS, THEMES, WAYS

from .columns import ASKED_BY, LISTS, REACHED_BY, TYPES, listed
from .opening_hours import schedules

Row = dict[str, Any]
OWN = "qc_di"
_POSTAL = re.compile(r"[,;]?\s*\b([A-Z]\d[A-Z]) ?(\d[A-Z]\d)\s*$", re.I)
_KEPT_OF_STRUCTURE = ("source", "lien_source", "accessibilite_lieu", "reseaux_porteurs", "date_maj", "horaires_accueil")
_KEPT_OF_SERVICE = (
    "source", "lien_source", "type", "modes_mobilisation", "mobilisable_par", "volume_horaire_hebdomadaire",
    "nombre_semaines", "publics_precisions", "conditions_acces", "horaires_accueil", "lien_url_gen", "lien_url_widget",
)  # fmt: skip
_ENUMERATED = {"type": TYPES, "modes_mobilisation": REACHED_BY, "mobilisable_par": ASKED_BY}


class TemplateReader:
    """Reads the rows of one file. `notes` are `(line, sentence)`."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.notes: list[tuple[int, str]] = []

    def objects(self, structures: list[Row], services: list[Row]) -> Iterator[tuple[int, str, Row]]:
        """`(line, table, object)`: services with their structure, then structures without service."""
        made = {str(row.get("id")): self.structure(row) for row in structures if _is_said(row)}
        offering = set()
        for line, row in enumerate(services, start=2):
            if not _is_said(row):
                continue
            number, named = str(row.get("structure_id") or ""), text(row.get("structure") or "")
            owner = made.get(number) or ({"name": named, "id": number} if named else {"id": number} if number else None)
            offering.add(number)
            found = self.service(line, row, owner)
            if owner and "name" in owner:
                found["organization"] = owner
            elif number:
                found["organization_id"] = number
            yield line, "service", found
        for line, row in enumerate(structures, start=2):
            if _is_said(row) and str(row.get("id")) not in offering:
                yield line, "organization", made[str(row.get("id"))]

    def structure(self, row: Row) -> Row:
        """An organization, with its address as a place of its own."""
        found = {
            "id": row.get("id"),
            "name": _name(row.get("nom")),
            "description": row.get("description"),
            "email": row.get("courriel"),
            "website": row.get("site_web"),
            "phones": _phones(row),
            OWN: self._kept(row, _KEPT_OF_STRUCTURE),
        }
        if number := _digits(row.get("siret")):
            kind = "NEQ" if len(number) == 10 else "SIRET"
            found["organization_identifiers"] = [{"identifier_type": kind, "identifier": number}]
        if _is_placed(row):
            place = self.place(row, f"{row.get('id')}/lieu")
            place["schedules"] = schedules(str(row.get("horaires_accueil") or ""))
            found["locations"] = [place]
        return found

    def service(self, line: int, row: Row, owner: Row | None) -> Row:
        """A service."""
        self._check(line, row)
        conditions = [text(row[name]) for name in ("publics_precisions", "conditions_acces") if row.get(name)]
        found: Row = {
            "id": row.get("id"),
            "name": _name(row.get("nom")),
            "status": "active",
            "description": row.get("description"),
            "url": row.get("lien_mobilisation"),
            "email": row.get("courriel"),
            "phones": _phones(row),
            "application_process": row.get("mobilisation_precisions"),
            "eligibility_description": "\n\n".join(conditions),
            "fees_description": row.get("frais_precisions"),
            "qc_fee": {"gratuit": "free", "payant": "paid"}.get(key(str(row.get("frais") or ""))),
            "assured_date": row.get("date_maj"),
            "schedules": schedules(str(row.get("horaires_accueil") or "")),
            "service_areas": [{"name": self._zone(code)} for code in listed(row.get("zone_eligibilite") or "")],
            "contacts": [{"name": row["contact_nom_prenom"]}] if row.get("contact_nom_prenom") else [],
            OWN: self._kept(row, _KEPT_OF_SERVICE),
        }
        found["attributes"] = [
            *self._terms(line, row, found[OWN], "thematiques", THEMES, NEEDS),
            *self._terms(line, row, found[OWN], "publics", PUBLICS, CLIENTELES),
            *self._terms(line, row, found[OWN], "modes_accueil", MODES, WAYS),
        ]
        if _is_placed(row):
            found["service_at_locations"] = [{"location": self.place(row, f"{row.get('id')}/lieu")}]
        elif (
            owner and owner.get("locations") and "en-presentiel" in listed(row.get("modes_accueil") or "en-presentiel")
        ):
            found["service_at_locations"] = [{"location": owner["locations"][0], OWN: "structure"}]
        return found

    def place(self, row: Row, number: str) -> Row:
        """A location. A postal code of Canada may stand at the end of the address's second line."""
        second, postal = text(row.get("complement_adresse") or ""), text(row.get("code_postal") or "")
        if not postal and (seen := _POSTAL.search(second)):
            postal, second = f"{seen[1]} {seen[2]}".upper(), second[: seen.start()]
        code = text(row.get("code_insee") or "")
        found: Row = {
            "id": number,
            "location_type": "physical",
            "latitude": row.get("latitude"),
            "longitude": row.get("longitude"),
            "addresses": [
                {
                    "address_1": row.get("adresse"),
                    "address_2": second,
                    "city": row.get("commune"),
                    "postal_code": postal,
                    "address_type": "physical",
                }
            ],
        }
        if self.glossary.coded(code):
            found["qc_division"] = code
        elif code:
            found[OWN] = {"code_insee": code}
        return found

    def _kept(self, row: Row, names: tuple[str, ...]) -> Row:
        kept = {name: row[name] for name in names if row.get(name) not in (None, "", [])}
        return {name: listed(value) if name in LISTS else text(value) for name, value in kept.items()}

    def _check(self, line: int, row: Row) -> None:
        for name, codes in _ENUMERATED.items():
            odd = [one for one in listed(row.get(name) or "") if one not in codes]
            if odd:
                said = _("« {value} » n'est pas un code de « {column} » : gardé à part.")
                self.notes.append((line, said.format(value=", ".join(odd)[:80], column=name)))

    def _zone(self, code: str) -> str:
        return {"france": "France"}.get(code, code)

    def _terms(self, line: int, row: Row, own: Row, column: str, scheme: str, taxonomy: str) -> list[Row]:
        """Attributes of the terms that the codes of a column lead to, each with the codes that led to it."""
        found: dict[tuple[str, str], Row] = {}
        unknown = []
        for code in listed(row.get(column) or ""):
            term = self.glossary.match(scheme, code) or self.glossary.find(None, code, code, taxonomy)
            if term is None:
                unknown.append(code)
                continue
            attribute = found.setdefault(term, {"taxonomy_term_id": str(self.glossary.uid(term)), OWN: []})
            attribute[OWN].append(code)
        if unknown:
            own[column] = unknown
            said = _("« {value} » n'est pas un code de « {column} » : gardé à part.")
            self.notes.append((line, said.format(value=", ".join(unknown)[:80], column=column)))
        return list(found.values())


def _is_said(row: Mapping[str, Any]) -> bool:
    ignored = row.get("__ignore__")
    return ignored not in (True, "TRUE", "true", "VRAI", "1", 1) and any(
        value not in (None, "") for value in row.values()
    )


def _is_placed(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) not in (None, "") for name in ("adresse", "commune", "latitude"))


def _name(value: Any) -> str:
    return text(value or "")


def _digits(value: Any) -> str:
    return re.sub(r"\D", "", text(value or ""))


def _phones(row: Mapping[str, Any]) -> list[Row]:
    return [{"number": row["telephone"], "type": "voice"}] if row.get("telephone") else []
