"""The columns of the template, the lists of its codes that are short, and the titles that other tables give to them."""

from typing import Any

from maillage.core.tabular.heading import key

STRUCTURE = (
    "id", "date_maj", "nom", "siret", "description", "adresse", "complement_adresse", "commune", "code_postal", "code_insee",
    "latitude", "longitude", "telephone", "courriel", "lien_source", "site_web", "horaires_accueil", "accessibilite_lieu",
    "reseaux_porteurs", "source",
)  # fmt: skip
SERVICE = (
    "structure_id", "id", "date_maj", "nom", "description", "lien_source", "type", "thematiques", "frais", "frais_precisions",
    "publics", "publics_precisions", "conditions_acces", "commune", "code_insee", "code_postal", "adresse",
    "complement_adresse", "latitude", "longitude", "telephone", "courriel", "modes_accueil", "zone_eligibilite",
    "contact_nom_prenom", "modes_mobilisation", "lien_mobilisation", "mobilisable_par", "mobilisation_precisions",
    "volume_horaire_hebdomadaire", "nombre_semaines", "horaires_accueil", "source",
)  # fmt: skip
TYPES = ("accompagnement", "aide-financiere", "aide-materielle", "atelier", "formation", "information")
REACHED_BY = ("envoyer-un-courriel", "se-presenter", "telephoner", "utiliser-lien-mobilisation")
ASKED_BY = ("usagers", "professionnels")
LISTS = (
    "thematiques",
    "publics",
    "modes_accueil",
    "modes_mobilisation",
    "mobilisable_par",
    "zone_eligibilite",
    "reseaux_porteurs",
)
# What a table of a partner of ours may call a column of services. « structure » is the name of the organization.
_ALSO = {
    "nom": "service, nom du service, titre, name, service name, nom de la ressource, ressource, programme, activite",
    "structure": "organisme, organisation, structure, nom de l organisme, nom de l organisation, nom de la structure, organization, organization name, agence",
    "description": "description du service, details, mission, resume",
    "telephone": "tel, telephones, phone, numero de telephone, no de telephone",
    "courriel": "email, e mail, adresse courriel, courriels, mail",
    "lien_mobilisation": "site web, site, url, website, web, page web, site internet",
    "adresse": "adresse civique, address, rue, lieu",
    "commune": "ville, municipalite, city, localite",
    "code_postal": "postal code, cp, code postal",
    "horaires_accueil": "horaire, horaires, heures, heures d ouverture, hours, opening hours",
    "frais_precisions": "cout, couts, tarif, tarifs, frais d inscription, fees, prix",
    "conditions_acces": "admissibilite, conditions, criteres, eligibilite, eligibility, conditions d admission",
    "publics_precisions": "clientele, clienteles, public, public cible, pour qui",
    "zone_eligibilite": "territoire, territoires, territoire desservi, secteur, mrc, area, territoire couvert",
    "thematiques": "besoin, besoins, theme, themes, categorie, categories, needs",
    "mobilisation_precisions": "comment l obtenir, demande, inscription, how to apply, procedure",
    "contact_nom_prenom": "contact, personne ressource, responsable",
    "id": "numero, identifiant, no, id service",
    "date_maj": "mise a jour, a jour le, date de mise a jour, updated, derniere mise a jour",
}  # fmt: skip
_BY_TITLE = {key(title): column for column, titles in _ALSO.items() for title in titles.split(", ")}
_OWN = {key(column): column for column in (*STRUCTURE, *SERVICE)}


def is_structures(titles: set[str]) -> bool:
    """Whether these titles are those of the template's structures."""
    return "nom" in titles and "structure_id" not in titles and bool(titles & {"siret", "reseaux_porteurs", "site_web"})


def is_services(titles: set[str]) -> bool:
    """Whether these titles are those of the template's services."""
    return {"structure_id", "nom"} <= titles


def renamed(titles: list[str]) -> dict[str, str]:
    """`{title: column}` of a table of services whose titles are a partner's own; empty when it names no service."""
    found: dict[str, str] = {}
    for title in titles:
        plain = key(title)
        column = _BY_TITLE.get(plain) or _OWN.get(plain)
        if column and column not in found.values():
            found[title] = column
    return found if "nom" in found.values() and "structure" in found.values() else {}


def listed(value: Any) -> list[str]:
    """The codes of a cell that holds several."""
    parts = (
        value
        if isinstance(value, list)
        else str(value).replace(";", ",").replace("|", ",").replace("\n", ",").split(",")
    )
    said = [str(int(one)) if isinstance(one, float) and one.is_integer() else str(one).strip() for one in parts]
    return [one[:-2] if one.endswith(".0") and one[:-2].isdigit() else one for one in said if one]
