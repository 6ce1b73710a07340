"""The support measure of the second agreement: its committee, its two calls, and the one that is open today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maillage.accounts.models import User
from maillage.concertation.enums import Capacity, GroupKind
from maillage.concertation.models import Group
from maillage.concertation.services import add_member, open_group
from maillage.directory.models import Organization
from maillage.projects.models import Call, Criterion, Fund
from maillage.projects.services.funds import add_criterion, open_call, open_fund

from .ground import Ground

COMMITTEE = "Comité de la mesure de soutien"
CRITERIA = (
    ("Le besoin vient des locataires", "Qui l'a nommé, comment, avec quelle preuve.", 5, 3),
    ("Les locataires décident et participent", "À chaque étape, pas seulement à la fête.", 5, 3),
    ("Des partenaires s'engagent", "En argent, en temps, en locaux.", 5, 2),
    ("Le projet peut continuer", "Qui poursuit, avec quoi.", 5, 2),
)


# Who sits: account, as what.
SEATS = (("partenaire", Capacity.COMMUNITY), ("locataire", Capacity.TENANT), ("proximite", Capacity.INSTITUTION))
# Call of the year: opens, closes, reports for.
CALLS = {
    2013: (date(2013, 1, 14), date(2013, 4, 30), date(2015, 12, 31)),
    2014: (date(2013, 9, 16), date(2013, 12, 13), date(2016, 1, 31)),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure of the second agreement, with who judges."""

    fund: Fund
    committee: list[User]
    criteria: list[Criterion]
    calls: Mapping[int, Call]


def open_measure(ground: Ground) -> Measure:
    """The measure of 2013–2016 with a call for each of its first two years."""
    committee = _committee(ground)
    values = {
        "name": "Mesure de soutien aux projets des ÉLÉ 2013-2016",
        "words": "Des projets que les locataires ont choisis dans le plan d'action de leur équipe locale élargie.",
        "conditions": "Le groupe porte le projet ; au moins un autre partenaire y contribue ; un rapport dit ce qui en est ressorti.",
        "envelope": Decimal(50_000),
        "most": Decimal(7_000),
        "start": date(2013, 1, 1),
        "end": date(2016, 12, 31),
        "committee": committee,
        "signatory": "Rosalie Grandpré, coordination de l'Entente",
    }
    fund = open_fund(actor=ground.coordinator, program=ground.second, values=values)
    calls = {
        year: _call(ground, fund, year, opens_on=opens, closes_on=closes, decides_on=closes + timedelta(days=31),
                    report_due_on=reports)
        for year, (opens, closes, reports) in CALLS.items()
    }  # fmt: skip
    judges = [ground.coordinator, *(ground.users[word] for word, _capacity in SEATS)]
    return Measure(fund, judges, _criteria(ground, fund), calls)


def open_current_call(ground: Ground) -> Call:
    """The measure of the agreement under way, with a call that takes applications today."""
    values = {
        "name": "Mesure de soutien aux projets des ÉLÉ (entente en cours)",
        "words": "Des projets que les locataires ont choisis dans le plan d'action de leur équipe locale élargie.",
        "conditions": "Le groupe porte le projet ; au moins un autre partenaire y contribue.",
        "envelope": Decimal(40_000),
        "most": Decimal(7_000),
        "most_share": 75,
        "start": ground.current.start,
        "committee": Group.objects.get(name=COMMITTEE),
        "signatory": "Rosalie Grandpré, coordination de l'Entente",
    }
    fund = open_fund(actor=ground.coordinator, program=ground.current, values=values)
    _criteria(ground, fund)
    return _call(
        ground, fund, ground.today.year, opens_on=ground.today - timedelta(days=30),
        closes_on=ground.today + timedelta(days=30), decides_on=ground.today + timedelta(days=60),
        report_due_on=ground.today + timedelta(days=500),
    )  # fmt: skip


def _call(ground: Ground, fund: Fund, year: int, **days: date) -> Call:
    values = {
        "title": f"Appel de projets {year}",
        "words": "Dites en vos mots ce que vous voulez faire, pourquoi, avec qui et comment cela continuera.",
        "is_announced": True,
    }
    return open_call(actor=ground.coordinator, fund=fund, values=values | days)


def _criteria(ground: Ground, fund: Fund) -> list[Criterion]:
    found = []
    for label, words, most, weight in CRITERIA:
        values = {"label": label, "words": words, "most": most, "weight": weight}
        found.append(add_criterion(actor=ground.coordinator, fund=fund, values=values))
    return found


def _committee(ground: Ground) -> Group:
    founded = date(2013, 1, 14)
    group = open_group(
        actor=ground.coordinator,
        name=COMMITTEE,
        kind=GroupKind.STEERING,
        programs=[ground.second, ground.current],
        territory=ground.second.territory,
        summary="Lit les demandes des ÉLÉ et décide, avec des locataires.",
        mandate="Lire chaque demande, déclarer ses intérêts, décider et dire pourquoi.",
        founded_on=founded,
        is_discreet=True,
    )
    for word, capacity in SEATS:
        user = ground.users[word]
        add_member(
            actor=ground.coordinator, group=group, name=user.full_name, email=user.email, capacity=capacity,
            start=founded,
        )  # fmt: skip
    return group


def office_of(mrc_name: str) -> Organization | None:
    """An office of the region that can receive the money of a group."""
    found = Organization.objects.filter(kind="housing_office", division__name=mrc_name).active().order_by("id").first()
    return found or Organization.objects.filter(kind="housing_office").active().order_by("id").first()
