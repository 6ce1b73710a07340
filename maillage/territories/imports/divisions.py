"""Imports divisions: regions, MRC, municipalities… with their limits, from tables or files of places."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from maillage.core.decision import Decision
from maillage.core.errors import Refused
from maillage.core.imports import Column, Field, Importer, Option
from maillage.core.imports.importer import looks_statistical
from maillage.core.tabular import Table
from maillage.core.tabular.cells import to_day, to_integer, to_number, to_text
from maillage.territories.enums import Level
from maillage.territories.permissions import can_keep_register

from .division_examiner import DivisionExaminer

_CODE = re.compile(r"(?:24)?\d{2}|(?:24)?\d{5}|8\d{5}|REM\d\d", re.I)


class DivisionImporter(Importer):
    """Divisions by level and code."""

    name = "territories"
    section = "territories"
    reads_places = True
    title = _("Territoires et limites")
    lead = _("Régions, MRC, municipalités : un tableau (CSV, XLSX) ou des limites (GeoJSON, Shapefile, GeoPackage).")
    subject = _("une liste de territoires")
    fields = (
        Field(
            "code",
            _("Code"),
            (
                "code géographique", "code_geo", "geo code", "mcode", "csduid", "sdridu", "code municipalité",
                "code muni", "codemamrot", "mus_co_geo", "hrid", "hruid", "cd_cs_fra", "code_mrc", "code mrc",
                "mrs_co_mrc", "cduid", "dridu", "code région", "res_co_reg", "code territoire", "identifiant",
            ),
            help=_("Le code officiel. Un code de recensement (24…) est ramené au code québécois."),
        ),
        Field(
            "name",
            _("Nom"),
            (
                "nom officiel", "munnom", "csdname", "cdname", "sdrnom", "drnom", "nom municipalité", "nom mrc",
                "hrfrname", "name", "nom fr", "name fr", "mus_nm_mun", "mrs_nm_mrc", "res_nm_reg", "municipalité",
                "nom territoire", "nom du territoire", "division", "hrname",
            ),
            required=True,
        ),
        Field("level", _("Niveau"), ("level", "type", "type de territoire", "niveau géographique", "cdtype", "csdtype")),
        Field("designation", _("Désignation"), ("designation", "mdes", "statut", "mus_co_des")),
        Field(
            "parent_code",
            _("Code du territoire qui le contient"),
            ("code parent", "parent", "divrec", "munid", "code_mrc", "code mrc", "cduid", "mrc code", "mus_co_mrc"),
        ),
        Field(
            "parent_name",
            _("Territoire qui le contient"),
            ("mrc", "nom mrc", "fait partie de", "parent name", "mrc ou territoire équivalent"),
        ),
        Field("region", _("Région administrative"), ("région", "regadm", "region", "nom région")),
        Field(
            "population",
            _("Population"),
            ("pop", "mpopul", "population totale", "nombre d'habitants", "habitants"),
            parse=lambda cell: to_integer(cell, 0, 20_000_000),
        ),
        Field("latitude", _("Latitude"), ("lat", "y"), parse=to_number),
        Field("longitude", _("Longitude"), ("lon", "long", "lng", "x"), parse=to_number),
        Field("former_name", _("Nom précédent"), ("ancien nom", "former name", "nom antérieur")),
        Field("since", _("En vigueur depuis"), ("depuis", "since", "valide depuis", "valid from"), parse=to_day),
        Field("valid_to", _("Jusqu'au"), ("fin", "valid to", "date de fin"), parse=to_day),
    )  # fmt: skip
    options = (
        Option(
            "level",
            _("Niveau des territoires"),
            lambda actor: [("", str(_("Selon le fichier"))), *((str(v), str(label)) for v, label in Level.choices)],
        ),
        Option(
            "schematic",
            _("Nature des limites"),
            lambda actor: [("", str(_("Limites réelles"))), ("1", str(_("Limites schématiques")))],
        ),
        Option("source", _("Source, à citer sous la carte"), lambda actor: []),
    )

    def may(self, actor: Any) -> Decision:
        """Those who keep the register."""
        return can_keep_register(actor)

    def refine(self, table: Table, columns: dict[str, str]) -> dict[str, str]:
        """A code is a column of codes that are all different; one that repeats is the parent's."""
        rows = [row.cells for row in islice(table.rows(), 3000)]

        def texts(title: str) -> list[str]:
            index = table.headers.index(title)
            return [text for cells in rows if (text := to_text(cells[index]))]

        def is_code(title: str) -> bool:
            found = texts(title)
            return bool(found) and len(set(found)) >= 0.95 * len(rows) and _mostly_codes(found)

        title = columns.get("code")
        if title and len(rows) > 3 and len(set(texts(title))) < 0.9 * len(rows):
            if _mostly_codes(texts(title)):
                columns.setdefault("parent_code", title)
            del columns["code"]
        if "code" not in columns:
            used = set(columns.values())
            better = next((t for t in table.headers if t not in used and len(rows) > 1 and is_code(t)), None)
            if better:
                columns["code"] = better
        return columns

    def check(self, table: Table, columns: Mapping[str, str], more: Iterable[Column] | None = None) -> None:
        """A name, and a code unless limits come with names that are known; never a statistical table."""
        super().check(table, columns, more)
        if "code" not in columns and (not table.has_geometry or looks_statistical(table.headers)):
            raise Refused(self.refusal(table, [str(_("Code"))]))

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> DivisionExaminer:
        """The examiner of one file."""
        return DivisionExaminer(actor, options, columns)


def _mostly_codes(texts: list[str]) -> bool:
    return sum(bool(_CODE.fullmatch(text)) for text in texts) >= 0.9 * len(texts)
