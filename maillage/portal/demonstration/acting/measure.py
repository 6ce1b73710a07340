"""The support measure of the second agreement: its committee, its two calls, and the one that is open today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maillage.concertation.enums import GroupKind
from maillage.concertation.models import Group, Member
from maillage.concertation.services import open_group
from maillage.directory.models import Organization
from maillage.portal.demonstration.concerting.ground import seats
from maillage.portal.demonstration.concerting.past import seat_all
from maillage.projects.models import Call, Criterion, Fund

from .ground import Ground

SEED = 41
COMMITTEE = "Comité de la mesure de soutien"
CRITERIA = (
    ("Le besoin vient des locataires", "Qui l'a nommé, comment, avec quelle preuve.", 5, 3),
    ("Les locataires décident et participent", "À chaque étape, pas seulement à la fête.", 5, 3),
    ("Des partenaires s'engagent", "En argent, en temps, en locaux.", 5, 2),
    ("Le projet peut continuer", "Qui poursuit, avec quoi.", 5, 2),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure of the second agreement, with who judges."""

    fund: Fund
    committee: list[Member]
    criteria: list[Criterion]
    calls: Mapping[int, Call]


def open_measure(ground: Ground) -> Measure:
    """The measure of 2013–2016 with one call a year in its first two years."""
    committee = _committee(ground)
    fund = Fund.objects.create(
        slug="mesure-de-soutien-2013-2016",
        program=ground.second,
        name="Mesure de soutien aux projets des ÉLÉ",
        words="Des projets que les locataires ont choisis dans le plan d'action de leur équipe locale élargie.",
        conditions="Le groupe porte le projet ; au moins un autre partenaire y contribue ; un rapport dit ce qui en est ressorti.",
        envelope=Decimal(50_000),
        most=Decimal(7_000),
        start=date(2013, 1, 1),
        end=date(2016, 12, 31),
        committee=committee,
        signatory="Rosalie Grandpré, coordination de l'Entente",
    )
    calls = {
        year: Call.objects.create(
            fund=fund,
            title=f"Appel de projets {year}",
            words="Dites en vos mots ce que vous voulez faire, pourquoi, avec qui et comment cela continuera.",
            opens_on=date(year, 1, 14),
            closes_on=date(year, 4, 30),
            decides_on=date(year, 5, 31),
            report_due_on=date(year + 2, 1, 31),
            is_announced=True,
        )
        for year in (2013, 2014)
    }
    return Measure(fund, list(committee.members.order_by("id")), _criteria(fund), calls)  # type: ignore[attr-defined]


def open_current_call(ground: Ground) -> Call:
    """The measure of the agreement under way, with a call that takes applications today."""
    fund = Fund.objects.create(
        slug="mesure-de-soutien",
        program=ground.current,
        name="Mesure de soutien aux projets des ÉLÉ (entente en cours)",
        words="Des projets que les locataires ont choisis dans le plan d'action de leur équipe locale élargie.",
        conditions="Le groupe porte le projet ; au moins un autre partenaire y contribue.",
        envelope=Decimal(40_000),
        most=Decimal(7_000),
        most_share=75,
        start=ground.current.start,
        committee=Group.objects.get(name=COMMITTEE),
        signatory="Rosalie Grandpré, coordination de l'Entente",
    )
    _criteria(fund)
    return Call.objects.create(
        fund=fund,
        title=f"Appel de projets {ground.today.year}",
        words="Dites en vos mots ce que vous voulez faire, pourquoi, avec qui et comment cela continuera.",
        opens_on=ground.today - timedelta(days=30),
        closes_on=ground.today + timedelta(days=30),
        decides_on=ground.today + timedelta(days=60),
        report_due_on=ground.today + timedelta(days=500),
        is_announced=True,
    )


def _criteria(fund: Fund) -> list[Criterion]:
    return Criterion.objects.bulk_create(
        Criterion(fund=fund, position=place, label=label, words=words, most=most, weight=weight)
        for place, (label, words, most, weight) in enumerate(CRITERIA, 1)
    )


def _committee(ground: Ground) -> Group:
    group = open_group(
        actor=ground.coordinator,
        name=COMMITTEE,
        kind=GroupKind.STEERING,
        programs=[ground.second, ground.current],
        territory=ground.second.territory,
        summary="Lit les demandes des ÉLÉ et décide, avec des locataires.",
        mandate="Lire chaque demande, déclarer ses intérêts, décider et dire pourquoi.",
        founded_on=date(2013, 1, 14),
        is_discreet=True,
    )
    partners = [row.organization for row in ground.second.partners.select_related("organization").order_by("id")[:3]]
    seat_all(group, seats(3, SEED, partners) + seats(2, SEED + 1, ()), "comite-mesure")
    return group


def office_of(mrc_name: str) -> Organization | None:
    """An office of the region that can receive the money of a group."""
    found = Organization.objects.filter(kind="housing_office", division__name=mrc_name).active().order_by("id").first()
    return found or Organization.objects.filter(kind="housing_office").active().order_by("id").first()
