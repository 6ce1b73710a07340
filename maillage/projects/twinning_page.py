"""What the page of a twinning shows: its sites, its proposal in words and in a picture, the groupings that were kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from maillage.core.text import stems
from maillage.core.typography import number as figure
from maillage.territories.models import HousingSite

from .models import Twinning, TwinningSite
from .twinning.question import STEP

# French words of `Reason`, each with what to do.
REASONS: dict[str, str | Promise] = {
    "unknown": gettext_lazy(
        "Ses coordonnées ne sont pas connues, ou il n'est pas dans la table de trajets : complétez sa fiche."
    ),
    "nobody": gettext_lazy("Personne n'y est intéressé : il pourrait seulement recevoir."),
    "too_many": gettext_lazy(
        "Plus de personnes que le maximum d'un groupe : augmentez le maximum, ou formez-y un groupe à part."
    ),
    "alone": gettext_lazy("Aucun autre milieu choisi à portée : allongez le trajet ou choisissez des milieux voisins."),
    "no_host": gettext_lazy("À portée, aucun milieu ne peut recevoir : trouvez une salle."),
    "too_few": gettext_lazy(
        "Le minimum ne peut être atteint : même tous ensemble, les milieux à portée sont trop peu nombreux."
    ),
    "others": gettext_lazy(
        "Le placer ferait perdre plus de personnes ailleurs : c'est le meilleur total qui est proposé."
    ),
}
WIDTH, MARGIN = 720.0, 24.0
DEGREE_KM = 111.195  # a degree of a great circle
RULES = (100, 50, 20, 10, 5, 2, 1)  # kilometres that the rule under the picture may measure
WIDEST_RULE, RULE_HIGH = 180.0, 32.0


@dataclass(slots=True)
class SiteLine:
    """A site of the programme as the page of choice shows it."""

    site: HousingSite
    typed: str
    hosts: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A site in a proposed grouping: persons, and how far each goes."""

    site: HousingSite
    people: int
    far: float
    is_host: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed grouping."""

    number: int
    host: HousingSite
    people: int
    travel: float
    members: list[Member]
    other: HousingSite | None
    more: float  # that all would travel if the other host received


@dataclass(frozen=True, slots=True)
class Dot:
    """A site in the picture; `to` is where its people go."""

    site: HousingSite
    x: str
    y: str
    kind: str
    number: int = 0
    to: tuple[str, str] | None = None


@dataclass(slots=True)
class Shown:
    """A proposal ready for the page; `alone` sites would reach the least by themselves, for `alone_served` persons."""

    groups: list[Proposed]
    left: list[tuple[HousingSite, int, str | Promise]]
    asked: int
    served: int
    travel: float
    proven: bool
    most_served: int
    least_travel: float
    hand_served: int
    hand_travel: float
    saved: float
    alone: int
    alone_served: int
    dots: list[Dot] = field(default_factory=list)
    height: str = "0"
    rule: str = ""  # how long `rule_km` are
    rule_km: int = 0

    @property
    def more(self) -> int:
        """How many persons have a place that a grouping by hand leaves out."""
        return self.served - self.hand_served

    @property
    def rule_at(self) -> str:
        """How low the rule is drawn: under all the sites."""
        return f"{float(self.height) - RULE_HIGH / 2:.0f}"


def program_sites(twinning: Twinning, words: str = "") -> QuerySet[HousingSite]:
    """The open sites of the twinning's programme, and those already chosen; those whose name has these words."""
    found = HousingSite.objects.filter(program_sites__program=twinning.program)
    found = found.filter(Q(closed_on=None) | Q(pk__in=twinning.sites.order_by().values("site")))
    for stem in stems(words).split():
        found = found.filter(search__contains=stem)
    return found.select_related("municipality", "mrc").order_by("mrc__name", "name", "id")


def site_lines(twinning: Twinning, sites: Iterable[HousingSite]) -> list[SiteLine]:
    """These sites with what is already said of them; a site with a common room, or not known to be without, can receive."""
    said = {line.site_id: line for line in twinning.sites.all()}
    lines = []
    for site in sites:
        line = said.get(site.pk)
        typed = "" if line is None else str(line.interested)
        lines.append(SiteLine(site, typed, site.has_common_room is not False if line is None else line.can_host))
    return lines


def shown(twinning: Twinning, lines: Sequence[TwinningSite]) -> Shown | None:
    """The proposal of `twinning` whose sites are `lines`; None when nothing is proposed."""
    said: dict[str, Any] = twinning.proposal
    if twinning.proposed_at is None or not said:
        return None
    sites = {line.site_id: line.site for line in lines}
    groups = [_proposed(number, group, sites) for number, group in enumerate(said["groups"], 1)]
    left = [
        (sites[key], people, told_reason(twinning, reason, number, said["unit"]))
        for key, people, reason, number in said["left"]
    ]
    alone = [line.interested for line in lines if line.can_host and twinning.least <= line.interested <= twinning.most]
    hand, same = said["hand"], said["hand"]["served"] == said["served"]
    page = Shown(
        groups=groups,
        left=left,
        asked=said["asked"],
        served=said["served"],
        travel=said["travel"] / STEP,
        proven=said["proven"],
        most_served=said["most_served"],
        least_travel=said["least_travel"] / STEP,
        hand_served=hand["served"],
        hand_travel=hand["travel"] / STEP,
        saved=(hand["travel"] - said["travel"]) / STEP if same else 0,
        alone=len(alone),
        alone_served=sum(alone),
    )
    _draw(page)
    return page


def told_reason(twinning: Twinning, reason: str, number: float | None, unit: str) -> str | Promise:
    """Why a site is left out, with its figure, and what to do."""
    if number is None:
        return REASONS[reason]
    if reason == "too_few":
        said = _(
            "À portée, %(n)s personnes en tout, et il en faut %(least)s : allongez le trajet, ou baissez le minimum si "
            "l'activité le permet."
        )
        return said % {"n": round(number), "least": twinning.least}
    said = _(
        "Le milieu choisi le plus proche est à %(far)s %(unit)s, plus loin que le trajet maximal : allongez-le, ou "
        "choisissez des milieux voisins."
    )
    return said % {"far": figure(number, 1, get_language()), "unit": "km" if unit == "km" else "min"}


def _proposed(number: int, group: dict[str, Any], sites: dict[int, HousingSite]) -> Proposed:
    members = [Member(sites[key], people, far / STEP, key == group["host"]) for key, people, far in group["sites"]]
    members.sort(key=lambda member: (not member.is_host, member.far, member.site.name))
    other, travel = group["other"] or (None, group["travel"])
    return Proposed(
        number=number,
        host=sites[group["host"]],
        people=group["people"],
        travel=group["travel"] / STEP,
        members=members,
        other=sites.get(other) if other else None,
        more=(travel - group["travel"]) / STEP,
    )


def _draw(page: Shown) -> None:
    """Place the sites as on a map: north above, a kilometre as long in both directions."""
    every = [member.site for group in page.groups for member in group.members] + [site for site, *_rest in page.left]
    placed = [(s, s.latitude, s.longitude) for s in every if s.latitude is not None and s.longitude is not None]
    if len(placed) < 2:
        return
    squeeze = cos(radians(sum(lat for _s, lat, _lon in placed) / len(placed)))
    flat = {site.pk: (lon * squeeze, -lat) for site, lat, lon in placed}
    west, north = min(x for x, _y in flat.values()), min(y for _x, y in flat.values())
    wide, high = max(x for x, _y in flat.values()) - west, max(y for _x, y in flat.values()) - north
    scale = min((WIDTH - 2 * MARGIN) / wide if wide else 1e9, 560.0 / high if high else 1e9)
    scale = scale if scale < 1e9 else 0.0
    at = {
        key: (f"{(WIDTH - wide * scale) / 2 + (x - west) * scale:.1f}", f"{MARGIN + (y - north) * scale:.1f}")
        for key, (x, y) in flat.items()
    }
    page.height = f"{2 * MARGIN + high * scale + RULE_HIGH:.0f}"
    kilometre = scale / DEGREE_KM
    page.rule_km = next((length for length in RULES if 0 < length * kilometre <= WIDEST_RULE), 0)
    page.rule = f"{page.rule_km * kilometre:.1f}" if page.rule_km else ""
    left = [Dot(site, *at[site.pk], "left") for site, *_rest in page.left if site.pk in at]
    page.dots = left + [
        Dot(
            member.site, *at[member.site.pk], "host" if member.is_host else "guest", group.number, at.get(group.host.pk)
        )
        for group in page.groups
        for member in sorted(group.members, key=lambda member: member.is_host)
        if member.site.pk in at
    ]
