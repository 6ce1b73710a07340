"""Imports the register of housing sites, with owners, and what a programme covers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from maillage.core.decision import Decision
from maillage.core.imports import Field, Importer, Option
from maillage.core.tabular import Table
from maillage.core.tabular.cells import to_day, to_flag, to_integer, to_number
from maillage.programs.queries import coordinated_by
from maillage.territories.permissions import can_keep_register

from . import words
from .site_examiner import SiteExaminer


def _coordinated(actor: Any) -> list[tuple[str, str]]:
    return [(program.slug, program.name) for program in coordinated_by(actor)]


def _units(cell: Any) -> int | None:
    return to_integer(cell, 0, 5000)


def _year(cell: Any) -> int | None:
    return to_integer(cell, 1700, 2100)


class SiteImporter(Importer):
    """Housing sites by register number, else by address or name."""

    name = "sites"
    section = "territories"
    reads_places = True
    title = _("Milieux d'habitation")
    lead = _("Le registre des milieux : un tableau (CSV, XLSX) ou des points (GeoJSON, Shapefile, GeoPackage).")
    subject = _("une liste de milieux d'habitation")
    fields = (
        Field(
            "reference",
            _("Numéro au registre"),
            (
                "numéro", "no", "no registre", "numéro de registre", "no d'ensemble", "numéro d'ensemble", "no immeuble",
                "numéro d'immeuble", "code immeuble", "id", "identifiant", "index number", "reference", "référence",
                "no ensemble immobilier", "building id", "code", "id immeuble", "no de projet", "numéro de projet",
            ),
        ),
        Field(
            "name",
            _("Nom du milieu"),
            (
                "nom", "nom de l'immeuble", "nom immeuble", "immeuble", "milieu", "habitation", "habitations",
                "nom de l'ensemble", "ensemble immobilier", "nom du projet", "projet", "name", "site", "site name",
                "building name", "property name", "nom du hlm", "hlm", "nom du site", "milieu de vie",
            ),
        ),
        Field(
            "owner",
            _("Propriétaire"),
            (
                "office", "nom de l'office", "organisme", "organisme propriétaire", "organisation", "owner", "operator",
                "landlord", "gestionnaire", "bailleur", "nom du propriétaire", "locateur", "omh", "propriétaire ou gestionnaire",
                "operating organization", "opérateur",
            ),
        ),
        Field("owner_number", _("Numéro du propriétaire"), ("no office", "no organisme", "owner id", "neq", "code office")),
        Field(
            "tenure",
            _("Mode d'occupation"),
            (
                "type", "tenure", "catégorie", "type de logement", "type d'habitation", "secteur", "type d'organisme",
                "apartment building property type", "property type", "mode de tenure", "volet", "type de propriétaire",
                "type de milieu", "housing type",
            ),
            parse=words.tenure,
        ),
        Field(
            "housing_program",
            _("Programme d'habitation"),
            ("programme de logement", "programme shq", "housing program", "volet du programme"),
            parse=words.housing_program,
        ),
        Field(
            "clienteles",
            _("Clientèles"),
            ("clientèle", "clientele", "type de clientèle", "clientèle visée", "public", "population desservie"),
            parse=words.clienteles,
        ),
        Field("for_families", _("Logements pour familles"), ("clientele families", "familles", "families"), parse=words.how_many),
        Field(
            "for_seniors",
            _("Logements pour aînés"),
            ("clientele seniors", "aînés", "seniors", "personnes âgées"),
            parse=words.how_many,
        ),
        Field(
            "for_single",
            _("Logements pour personnes seules"),
            ("clientele singles", "personnes seules", "singles"),
            parse=words.how_many,
        ),
        Field(
            "for_special",
            _("Logements pour besoins particuliers"),
            ("clientele other", "besoins particuliers", "special needs", "other"),
            parse=words.how_many,
        ),
        Field(
            "units",
            _("Logements"),
            (
                "nombre de logements", "nb logements", "nb de logements", "nbre de logements", "nb log", "unités",
                "nb unités", "nombre d'unités", "units", "total units", "number of units", "apartment building units",
                "logements total", "total logements", "dwellings", "no units",
            ),
            parse=_units,
        ),
        Field(
            "accessible_units",
            _("Logements accessibles"),
            ("logements adaptés", "accessible units", "nb logements accessibles"),
            parse=_units,
        ),
        Field(
            "address",
            _("Adresse"),
            ("adresse civique", "adresse de l'immeuble", "address", "rue", "civic address", "street address", "adresse complète"),
            help=_("Réservée à l'équipe."),
        ),
        Field(
            "municipality",
            _("Municipalité"),
            ("ville", "city", "municipality", "localité", "nom municipalité", "code municipalité", "code mun", "code muni",
             "municipalité ou arrondissement", "code géographique"),
        ),
        Field("mrc", _("MRC"), ("code mrc", "nom mrc", "mrc ou territoire équivalent", "code_mrc")),
        Field("latitude", _("Latitude"), ("lat", "y"), parse=to_number),
        Field("longitude", _("Longitude"), ("lon", "long", "lng", "x"), parse=to_number),
        Field(
            "occupied_since",
            _("Occupé depuis"),
            ("année d'occupation", "occupancy year", "année de construction", "year built", "construit en", "année"),
            parse=_year,
        ),
        Field("has_common_room", _("Salle communautaire"), ("common room", "salle commune"), parse=to_flag),
        Field("is_served", _("Desservi"), ("served", "milieu desservi", "desservi par l'entente"), parse=to_flag),
        Field("is_targeted", _("Milieu ciblé"), ("ciblé", "targeted", "milieu cible"), parse=to_flag),
        Field("served_from", _("Desservi depuis"), ("served from", "début du service"), parse=to_day),
        Field("owned_since", _("Propriétaire depuis"), ("owned since", "depuis"), parse=to_day),
    )  # fmt: skip
    options = (
        Option("program", _("Programme qui couvre ces milieux"), _coordinated, several=True),
        Option(
            "served",
            _("Quand le fichier ne le dit pas"),
            lambda actor: [
                ("", str(_("Ne rien changer"))),
                ("oui", str(_("Desservi"))),
                ("non", str(_("Non desservi"))),
            ],
        ),
    )
    any_of = (
        (("name", "address"), _("Nom du milieu ou adresse")),
        (
            ("owner", "tenure", "clienteles", "address", "for_families", "is_served"),
            _("Propriétaire, mode d'occupation, clientèles ou adresse"),
        ),
    )

    def may(self, actor: Any) -> Decision:
        """Those who keep the register."""
        return can_keep_register(actor)

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> SiteExaminer:
        """The examiner of one file."""
        return SiteExaminer(actor, options, columns)
