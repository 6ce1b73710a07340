"""Partner organizations of the agreements, as source 001 lists them, and community resources, which are invented."""

from typing import Any, NamedTuple

from maillage.directory.enums import OrganizationKind as K
from maillage.directory.models import Organization
from maillage.directory.services import save_organization
from maillage.territories.models import Division

from . import names


class Partner(NamedTuple):
    """A line of the list: what identifies it here, its name, its kind."""

    key: str
    name: str
    kind: str


SIGNATORIES = (
    Partner("mamot", "Ministère des Affaires municipales et de l'Occupation du territoire", K.GOVERNMENT),
    Partner("mess", "Ministère de l'Emploi et de la Solidarité sociale", K.GOVERNMENT),
    Partner("cre", "Conférence régionale des élu(e)s de la Chaudière-Appalaches", K.CONCERTATION),
    Partner("shq", "Société d'habitation du Québec", K.GOVERNMENT),
    Partner("agence", "Agence de la santé et des services sociaux de Chaudière-Appalaches", K.HEALTH),
    Partner("forum", "Forum jeunesse régional Chaudière-Appalaches", K.CONCERTATION),
    Partner("centraide", "Centraide Québec et Chaudière-Appalaches", K.FUNDER),
    Partner("csss-beauce", "Centre de santé et de services sociaux de Beauce", K.HEALTH),
    Partner("csss-thetford", "Centre de santé et de services sociaux de la région de Thetford", K.HEALTH),
    Partner("csss-etchemins", "Centre de santé et de services sociaux des Etchemins", K.HEALTH),
    Partner("csss-desjardins", "Centre de santé et de services sociaux Alphonse-Desjardins", K.HEALTH),
    Partner("csss-montmagny", "Centre de santé et de services sociaux de Montmagny-L'Islet", K.HEALTH),
    Partner("cs-beauce", "Commission scolaire de la Beauce-Etchemin", K.EDUCATION),
    Partner("cs-sud", "Commission scolaire de la Côte-du-Sud", K.EDUCATION),
    Partner("cs-appalaches", "Commission scolaire des Appalaches", K.EDUCATION),
    Partner("cs-navigateurs", "Commission scolaire des Navigateurs", K.EDUCATION),
)
JOINED = (
    Partner("frohqc", "Fédération régionale des OBNL en habitation de Québec, Chaudière-Appalaches", K.FEDERATION),
    Partner("fechaqc", "Fédération des coopératives d'habitation de Québec, Chaudière-Appalaches", K.FEDERATION),
    Partner("rohq", "Regroupement des offices d'habitation du Québec", K.FEDERATION),
    Partner("inter-cdc", "Inter-CDC de Chaudière-Appalaches", K.CONCERTATION),
)
# The establishment whose workers give the hours of each MRC.
CSSS_OF_MRC = {
    "17": "csss-montmagny",
    "18": "csss-montmagny",
    "19": "csss-desjardins",
    "25": "csss-desjardins",
    "26": "csss-desjardins",
    "27": "csss-beauce",
    "28": "csss-etchemins",
    "29": "csss-beauce",
    "31": "csss-thetford",
    "33": "csss-desjardins",
}
# Invented community resources in each MRC, by the need that they answer.
RESOURCES = (
    ("food", "Moisson du Fanal"),
    ("budget", "Service budgétaire du Fanal"),
    ("social_life", "Entraide du Fanal"),
)


def load(actor: Any) -> dict[str, Organization]:
    """Write the partners of the two agreements; give them by key."""
    return {
        partner.key: save_organization(
            actor=actor, name=partner.name, external_id=f"demo-{partner.key}", kind=partner.kind
        ).obj
        for partner in SIGNATORIES + JOINED
    }


def load_resources(actor: Any, mrcs: list[Division]) -> dict[tuple[int, str], Organization]:
    """Write the invented community resources; give them by MRC and need."""
    found = {}
    for mrc in mrcs:
        for need, word in RESOURCES:
            found[mrc.pk, need] = save_organization(
                actor=actor,
                name=f"{word} {names.of(mrc.name)} (organisme inventé)",
                external_id=f"demo-{need}-{mrc.code}",
                kind=K.COMMUNITY,
                division=mrc,
            ).obj
    return found
