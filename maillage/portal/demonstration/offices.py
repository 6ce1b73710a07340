"""Housing: 85 municipal offices with a site each, non-profit and cooperative sites, and the mergers of offices.

That 85 offices existed and that 76 were served is published; which ones, their dwellings and clienteles are invented.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.directory.enums import OrganizationKind
from maillage.directory.models import Organization
from maillage.directory.services import save_organization, set_owner, succeed
from maillage.territories.enums import Clientele, HousingProgram, Level, Tenure
from maillage.territories.models import Division, HousingSite
from maillage.territories.services import save_site

from . import names
from .region import Municipality, municipalities

OFFICES = 85
SERVED = 76
NONPROFITS = 22
COOPERATIVES = 14
SOURCE = "Démonstration : milieu, logements et clientèles inventés"
# Chosen sites, where the intensity was doubled. The source says six, not which.
TARGETED = ("Lévis", "Thetford Mines", "Saint-Joseph-de-Beauce", "Montmagny", "Saint-Georges", "Lac-Etchemin")
SEED = 85
JITTER = 0.03  # degrees: non-profit and cooperative sites do not hide the office's under one point

NAMES = [
    "des Cerisiers",
    "du Vieux-Moulin",
    "de la Grande-Ourse",
    "des Trois-Ruisseaux",
    "du Sentier",
    "de l'Aube",
    "des Pommetiers",
    "du Quai-Vert",
    "de la Clairière",
    "des Quatre-Saisons",
    "du Hêtre-Rouge",
    "de la Ritournelle",
    "des Lilas-Blancs",
    "du Marais",
    "de l'Escale",
    "des Bouleaux-Gris",
    "du Belvédère",
    "de la Roseraie",
    "des Tourterelles",
    "du Coteau",
    "de la Fenaison",
    "des Mélèzes",
    "du Ricochet",
    "de l'Hirondelle",
    "des Jardins-Suspendus",
    "du Rang-Fleuri",
    "de la Courtepointe",
    "des Roseaux",
    "du Carillon",
    "de la Bonne-Marche",
    "des Outardes",
    "du Tournesol",
    "de l'Entracte",
    "des Grands-Vents",
    "du Fanal",
    "de la Crécelle",
]


@dataclass(frozen=True, slots=True)
class Housing:
    """The sites that were written: those of offices (served first), and the others."""

    served: list[HousingSite]
    unserved: list[HousingSite]
    nonprofits: list[HousingSite]
    cooperatives: list[HousingSite]
    owners: dict[int, Organization]

    @property
    def offices(self) -> list[HousingSite]:
        """The 85 sites of municipal offices."""
        return self.served + self.unserved

    @property
    def others(self) -> list[HousingSite]:
        """Sites of non-profits and cooperatives."""
        return self.nonprofits + self.cooperatives

    @property
    def targeted(self) -> list[HousingSite]:
        """The six chosen sites."""
        return [site for site in self.served if site.municipality and site.municipality.name in TARGETED]


def chosen_municipalities() -> list[Municipality]:
    """The 85 municipalities that have an office here: the most populous ones, one for each name."""
    by_name: dict[str, Municipality] = {}
    for place in sorted(municipalities(), key=lambda place: -place.population):
        by_name.setdefault(place.name, place)
    return sorted(list(by_name.values())[:OFFICES])


def load(actor: Any, divisions: Mapping[str, Division]) -> Housing:
    """Write offices, sites and owners as they stood during the agreements, then the mergers since."""
    draw = random.Random(SEED)
    places = chosen_municipalities()
    smallest = sorted(places, key=lambda place: place.population)[: OFFICES // 2]
    unserved = {place.code for place in draw.sample(smallest, OFFICES - SERVED)}
    housing = Housing([], [], [], [], {})
    offices: dict[str, Organization] = {}
    for place in places:
        site, office = _office(actor, draw, place, divisions)
        (housing.unserved if place.code in unserved else housing.served).append(site)
        housing.owners[site.pk] = offices[place.code] = office
    _others(actor, draw, places, divisions, housing)
    _merge(actor, places, offices, divisions)
    return housing


def _office(
    actor: Any, draw: random.Random, place: Municipality, divisions: Mapping[str, Division]
) -> tuple[HousingSite, Organization]:
    municipality = divisions[f"{Level.MUNICIPALITY}:{place.code}"]
    name = f"OMH {names.of(place.name)}"
    office = save_organization(
        actor=actor,
        name=f"Office municipal d'habitation {names.of(place.name)}",
        external_id=f"demo-omh-{place.code}",
        short_name=name,
        kind=OrganizationKind.HOUSING_OFFICE,
        division=municipality,
    ).obj
    has_families = place.name in TARGETED or place.population > 2400 or draw.random() < 0.25
    units = 2 * round(min(260.0, 4 + place.population**0.62 * draw.uniform(0.17, 0.3)))
    site = save_site(
        actor=actor,
        reference=f"OMH-{place.code}",
        name=name,
        tenure=Tenure.OMH,
        housing_program=HousingProgram.HLM,
        clienteles=[Clientele.SENIORS, Clientele.FAMILIES] if has_families else [Clientele.SENIORS],
        municipality=municipality,
        latitude=place.latitude,
        longitude=place.longitude,
        units=units,
        accessible_units=units // 14,
        occupied_since=draw.randint(1971, 1993),
        has_common_room=units > 14,
        source=SOURCE,
    ).obj
    set_owner(actor=actor, site=site, organization=office, since=date(site.occupied_since or 1980, 7, 1))
    return site, office


def _others(
    actor: Any,
    draw: random.Random,
    places: list[Municipality],
    divisions: Mapping[str, Division],
    housing: Housing,
) -> None:
    kinds = [(Tenure.OBNL, "Habitations", OrganizationKind.HOUSING_NONPROFIT, housing.nonprofits)] * NONPROFITS
    kinds += [(Tenure.COOP, "Coopérative", OrganizationKind.HOUSING_COOP, housing.cooperatives)] * COOPERATIVES
    towns = draw.choices(places, weights=[place.population**0.6 for place in places], k=len(kinds))
    for number, ((tenure, word, kind, found), name, town) in enumerate(zip(kinds, NAMES, towns, strict=True)):
        municipality = divisions[f"{Level.MUNICIPALITY}:{town.code}"]
        seniors = draw.random() < (0.65 if tenure == Tenure.OBNL else 0.3)
        units = draw.randrange(8, 44, 2)
        owner = save_organization(
            actor=actor,
            name=f"{word} {name}",
            external_id=f"demo-{tenure}-{number + 1}",
            kind=kind,
            division=municipality,
        ).obj
        site = save_site(
            actor=actor,
            reference=f"{tenure.upper()}-{number + 1:03}",
            name=f"{word} {name}",
            tenure=tenure,
            housing_program=HousingProgram.ACL,
            clienteles=[Clientele.SENIORS] if seniors else [Clientele.FAMILIES, Clientele.SINGLE],
            municipality=municipality,
            latitude=round(town.latitude + draw.uniform(-JITTER, JITTER), 5),
            longitude=round(town.longitude + draw.uniform(-JITTER, JITTER), 5),
            units=units,
            accessible_units=units // 10,
            occupied_since=draw.randint(1984, 2009),
            has_common_room=units > 18,
            source=SOURCE,
        ).obj
        set_owner(actor=actor, site=site, organization=owner, since=date(site.occupied_since or 1990, 7, 1))
        housing.owners[site.pk] = owner
        found.append(site)


@dataclass(frozen=True, slots=True)
class Merger:
    """Offices of some MRC that became one on a day; `half` keeps the north or the south of the MRC only."""

    name: str
    mrcs: tuple[str, ...]
    on: date
    half: str = ""


MERGERS = (
    Merger("Office régional d'habitation de la Nouvelle-Beauce", ("26",), date(2018, 1, 1)),
    Merger("Office municipal d'habitation du nord de Lotbinière", ("33",), date(2018, 1, 1), "north"),
    Merger("Office municipal d'habitation du sud de Lotbinière", ("33",), date(2018, 1, 1), "south"),
    Merger("Office d'habitation du Sud des Appalaches", ("27", "28", "29"), date(2020, 1, 1)),
)


def _merge(
    actor: Any, places: Iterable[Municipality], offices: Mapping[str, Organization], divisions: Mapping[str, Division]
) -> None:
    middle = _middle([place for place in places if place.mrc_code == "33"])
    for number, merger in enumerate(MERGERS):
        successor = save_organization(
            actor=actor,
            name=merger.name,
            external_id=f"demo-regroupement-{number + 1}",
            kind=OrganizationKind.HOUSING_OFFICE,
            division=divisions[f"{Level.MRC}:{merger.mrcs[0]}"],
        ).obj
        for place in places:
            half = "north" if place.latitude >= middle else "south"
            if place.mrc_code in merger.mrcs and merger.half in ("", half):
                succeed(actor=actor, predecessor=offices[place.code], successor=successor, on=merger.on)


def _middle(places: list[Municipality]) -> float:
    latitudes = sorted(place.latitude for place in places)
    return latitudes[len(latitudes) // 2]
