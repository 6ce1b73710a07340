"""Reads that pages of this floor and of higher ones need."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.territories.enums import Level, Tenure
from maillage.territories.models import Division, HousingSite

from .enums import TEAM, PartnerPart, Role, VocabularyKind
from .links import hash_of
from .models import Invitation, Membership, PartnerOrganization, Program, Term
from .usage import with_usage

SESSION_KEY = "program"
SWITCHED = 20  # programmes that the switch of the top bar offers; the list shows the others


def switch_choices(request: HttpRequest) -> list[Program]:
    """The programmes among which the person chooses in the top bar, the newest first; read once a request.

    Each says whether they are of its team (`in_team`).
    """
    if not hasattr(request, "_program_choices"):
        team = Membership.objects.current().team().filter(user=request.user.pk, program=OuterRef("pk")).order_by()
        visible = Program.objects.visible_to(request.user).annotate(in_team=Exists(team)).order_by("-start", "id")
        request._program_choices = list(visible[:SWITCHED])
    return request._program_choices


def current_program(request: HttpRequest) -> Program | None:
    """The programme the person works in: the one chosen in the top bar, else the newest they belong to."""
    if hasattr(request, "_current_program"):
        return request._current_program
    choices = switch_choices(request)
    wanted = request.session.get(SESSION_KEY, "")
    chosen = next((program for program in choices if program.slug == wanted), None)
    if chosen is None and wanted and len(choices) == SWITCHED:
        chosen = Program.objects.visible_to(request.user).filter(slug=wanted).first()
    request._current_program = chosen or (choices[0] if choices else None)
    return request._current_program


def coordinates_somewhere(actor: Any) -> bool:
    """Whether `actor` coordinates a programme today."""
    return bool(actor.pk) and Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).exists()


def coordinated_by(actor: Any) -> QuerySet[Program]:
    """The programmes that `actor` coordinates today, all of them for an administrator; the newest first."""
    found = Program.objects.select_related("territory").order_by("-start", "id")
    if actor.is_administrator:
        return found
    mine = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR)
    return found.filter(pk__in=mine.values("program"))


def towns_of(programs: list[Program]) -> QuerySet[Division, str]:
    """Names of the municipalities in the territories of these programmes, each once."""
    inside = [program.territory_id for program in programs if program.territory_id]
    towns = Division.objects.filter(level=Level.MUNICIPALITY)
    towns = towns.filter(Q(parent__in=inside) | Q(parent__parent__in=inside))
    return towns.order_by("name").values_list("name", flat=True).distinct()


def memberships_of(person: Any) -> list[Membership]:
    """The memberships of a person in force today, the newest programmes first, with what their account's page shows."""
    found = Membership.objects.current().filter(user=person).select_related("program", "organization")
    return list(found.order_by("-program__start", "program_id", "role"))


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; None when the link was never made here."""
    digest = hash_of(token)
    if digest is None:
        return None
    return Invitation.objects.select_related("program", "invited_by").filter(secret_hash=digest).first()


@dataclass(frozen=True)
class Coverage:
    """The housing sites that a programme covers, in figures; `by_tenure` holds label, served, covered."""

    covered: int
    served: int
    targeted: int
    by_tenure: list[tuple[str, int, int]]


def coverage(program: Program) -> Coverage:
    """How many sites are covered, served and targeted, in one query."""
    rows = program.program_sites.order_by().values_list("site__tenure")
    counts = rows.annotate(
        covered=Count("pk"),
        served=Count("pk", filter=Q(is_served=True)),
        targeted=Count("pk", filter=Q(is_targeted=True)),
    )
    found = {tenure: line for tenure, *line in counts}
    return Coverage(
        covered=sum(line[0] for line in found.values()),
        served=sum(line[1] for line in found.values()),
        targeted=sum(line[2] for line in found.values()),
        by_tenure=[(label, found[code][1], found[code][0]) for code, label in Tenure.choices if code in found],
    )


@dataclass(frozen=True)
class TeamSize:
    """How many people write the journal today, and how many of them meet tenants."""

    people: int
    workers: int


def team_size(program: Program) -> TeamSize:
    """The team of today, in one query; a person with two roles counts once."""
    counts = program.memberships.current().aggregate(
        people=Count("label", distinct=True, filter=Q(role__in=TEAM)),
        workers=Count("label", distinct=True, filter=Q(role__in=[Role.WORKER, Role.OUTREACH])),
    )
    return TeamSize(**counts)


def partners_of(program: Program) -> list[PartnerOrganization]:
    """The partners, by part in the order of `PartnerPart`, then by name."""
    rank = {part: place for place, part in enumerate(PartnerPart.values)}
    lines = program.partners.select_related("organization").order_by("organization__name", "id")
    return sorted(lines, key=lambda line: rank[line.part])


def mrcs_of(program: Program) -> list[Division]:
    """The MRCs of the programme's territory, and those where it has sites or hours, by code."""
    wanted = Q(mrc_sites__program_sites__program=program) | Q(support_hours__program=program)
    if program.territory_id is not None:
        wanted |= Q(pk=program.territory_id) | Q(parent=program.territory_id)
    return list(Division.objects.at(Level.MRC).filter(wanted).distinct().order_by("code"))


@dataclass(frozen=True)
class HoursRow:
    """Hours a week of one MRC, a figure a role in the order of `TEAM` (None where nothing is written)."""

    division: Division
    hours: list[Decimal | None]
    total: Decimal


@dataclass(frozen=True)
class HoursGrid:
    """Hours a week by MRC and role, with their totals."""

    roles: list[tuple[str, str]]
    rows: list[HoursRow]
    totals: list[Decimal]
    total: Decimal


def hours_grid(program: Program, divisions: list[Division] | None = None) -> HoursGrid:
    """The hours of a programme; `divisions` gives the rows (those that have hours by default)."""
    lines = list(program.support_hours.select_related("division"))
    cells: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for line in lines:
        cells[line.division_id][line.role] = line.hours_per_week
    if divisions is None:
        divisions = sorted({line.division for line in lines}, key=lambda division: division.code)
    rows = []
    for division in divisions:
        found = cells[division.pk]
        rows.append(HoursRow(division, [found.get(role) for role in TEAM], sum(found.values(), Decimal(0))))
    totals = [sum((row.hours[place] or Decimal(0) for row in rows), Decimal(0)) for place in range(len(TEAM))]
    return HoursGrid([(role.value, role.label) for role in TEAM], rows, totals, sum(totals, Decimal(0)))


@dataclass(frozen=True)
class Step:
    """One thing to set up before the team can work."""

    label: str
    done: bool
    url_name: str
    action: str


def setup_steps(program: Program, *, partners: int, sites: int, hours: Decimal, workers: int) -> list[Step]:
    """What a new programme needs, in order; `action` says what to do where it is missing."""
    return [
        Step(_("Territoire"), program.territory_id is not None, "programs:edit", _("Dire le territoire")),
        Step(_("Partenaires"), partners > 0, "programs:partners", _("Ajouter les partenaires")),
        Step(_("Milieux couverts"), sites > 0, "programs:sites", _("Choisir les milieux")),
        Step(_("Heures de soutien"), hours > 0, "programs:hours", _("Inscrire les heures")),
        Step(_("Équipe"), workers > 0, "programs:people", _("Inviter l'équipe")),
    ]


def register_of(program: Program) -> QuerySet[HousingSite]:
    """The sites that the programme may cover: those of its territory, and those it covers already."""
    sites = HousingSite.objects.select_related("mrc", "municipality").order_by("name", "id")
    territory = program.territory
    if territory is None:
        return sites
    inside = Q(mrc=territory) | Q(mrc__parent=territory) | Q(municipality=territory) | Q(municipality__parent=territory)
    return sites.filter(inside | Q(program_sites__program=program)).distinct()


@dataclass(frozen=True)
class VocabularyLine:
    """One vocabulary of a frame, with how many terms are offered and how many are retired."""

    kind: str
    label: str
    offered: int
    retired: int


def vocabularies(program: Program) -> list[VocabularyLine]:
    """The vocabularies of a programme's frame, in one query."""
    rows = (
        program.frame.terms.order_by()
        .values_list("vocabulary")
        .annotate(total=Count("pk"), retired=Count("pk", filter=Q(valid_to__lt=date.today())))
    )
    found = {vocabulary: (total, retired) for vocabulary, total, retired in rows}
    return [
        VocabularyLine(code, label, found.get(code, (0, 0))[0] - found.get(code, (0, 0))[1], found.get(code, (0, 0))[1])
        for code, label in VocabularyKind.choices
    ]


def terms_with_usage(program: Program, vocabulary: str) -> list[Term]:
    """The terms of a vocabulary in their order, children under their parent, each with `usage`."""
    terms = list(with_usage(program.frame.terms.of(vocabulary)).select_related("parent"))
    children = defaultdict(list)
    for term in terms:
        children[term.parent_id].append(term)
    ordered = []
    for top in children[None]:
        ordered.append(top)
        ordered.extend(children[top.pk])
    return ordered
