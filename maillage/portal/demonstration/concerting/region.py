"""Groups of the agreement beside its local teams: tables, tenants' bodies, regional meetings; the committee of Shawinigan."""

from datetime import date

from maillage.concertation.enums import Capacity, GroupKind
from maillage.concertation.models import Group, Member
from maillage.concertation.services import add_member, open_group
from maillage.directory.models import Organization, TenantBody
from maillage.portal.demonstration import others
from maillage.programs.models import Membership, Program
from maillage.territories.models import Division

from .ground import Region, around, known, point_of, seats
from .local_teams import REGIONAL, TEAMS
from .past import Recorder, Seat, seat_all
from .teams import FIRST, live_first_team, open_team

SEED = 76
TABLE_PARTNERS = 9


def load(region: Region) -> dict[str, Group]:
    """Open every group, and write what each did. Gives them by key."""
    found: dict[str, Group] = {}
    tables = {team.table: team.mrc for team in TEAMS if team.table}
    for number, (name, mrc) in enumerate(tables.items()):
        found[name] = _table(region, name, region.mrc(mrc), number)
    for number, team in enumerate(TEAMS):
        found[team.key] = open_team(region, team, found.get(team.table), number)
    live_first_team(region, found[FIRST])
    found["regional"] = _regional(region)
    found |= _tenants(region)
    found["shawinigan"] = _steering(region)
    return found


def _table(region: Region, name: str, mrc: Division, number: int) -> Group:
    group = open_group(
        actor=region.coordinator,
        name=name,
        kind=GroupKind.TABLE,
        programs=[region.program],
        territory=mrc,
        summary=f"Les partenaires de la lutte contre la pauvreté, {mrc.name}.",
        mandate="Se concerter pour que personne ne tombe entre deux services, et soutenir les équipes locales.",
        founded_on=date(2011, 10, 4),
        is_public=True,
    )
    organizations = around(region, mrc, TABLE_PARTNERS)
    members = seat_all(group, seats(len(organizations) + 3, SEED + number, organizations), f"table{number}")
    if number == 0:
        add_member(
            actor=region.coordinator,
            group=group,
            **known(region.users["partenaire"]),
            organization=organizations[0],
            capacity=Capacity.COMMUNITY,
            start=date(2023, 1, 16),
        )
    record = Recorder(group, members, region.today, division=mrc, point=point_of(mrc), seed=number)
    for turn, title in enumerate(
        ("Plan de l'année", "Loyers et expulsions", "Aide alimentaire : qui fait quoi", "Bilan")
    ):
        meeting = record.hold(
            days=310 - 80 * turn,
            title=title,
            items=(("Nouvelles des membres", "information", 20, ""), (title, "discussion", 60, "")),
            people=8,
            place="Salle du conseil",
        )
        if turn % 2:
            record.decide(meeting, (f"{title} : un comité restreint prépare une proposition.",))
            record.promise(meeting, (("Convoquer le comité restreint", 21, turn == 1),))
    record.plan(days=19 + 8 * number, title="Rencontre de la table", items=(("Tour de table", "information", 20),))
    return group


def _regional(region: Region) -> Group:
    """Four times a year, the workers of the whole region."""
    group = open_group(
        actor=region.coordinator,
        name="Rencontres régionales des intervenant·es",
        kind=GroupKind.GATHERING,
        programs=[region.program],
        territory=region.program.territory,
        summary="Quatre fois par année, toute l'équipe de la région.",
        mandate="S'approprier les objectifs, décider ensemble, nommer les besoins vus sur le terrain, s'entraider.",
        founded_on=date(2013, 2, 1),
        is_public=True,
    )
    team = Membership.objects.filter(program=region.program, user=None).select_related("organization").order_by("id")
    people = [Seat(row.label, row.organization, start=date(2022, 9, 1)) for row in team]
    members = seat_all(group, people, "regionale")
    for word in ("intervenante", "proximite"):
        add_member(
            actor=region.coordinator,
            group=group,
            **known(region.users[word]),
            organization=region.partners[0],
            capacity=Capacity.INSTITUTION,
            start=date(2022, 9, 1),
        )
    _four_times(group, members, region)
    return group


def _four_times(group: Group, members: list[Member], region: Region) -> None:
    record = Recorder(group, members, region.today, division=region.program.territory, seed=4)
    for days, title in REGIONAL:
        if days < 0:
            meeting = record.hold(
                days=-days,
                title=title,
                kind="gathering",
                items=(("Nouvelles des MRC", "information", 45, ""), (title, "discussion", 90, "")),
                people=18,
                length=6,
                place="Centre communautaire régional",
            )
            record.decide(meeting, ("Porter devant les tables les besoins restés sans réponse.",))
        else:
            record.plan(
                days=days,
                title=title,
                kind="gathering",
                items=(("Nouvelles des MRC", "information", 45),),
                length=6,
                place="Centre communautaire régional",
                takes_registrations=True,
                is_public=True,
            )


def _tenants(region: Region) -> dict[str, Group]:
    """An association and an advisory committee, each tied to what the register says of it."""
    found = {}
    for key, kind, body_kind in (("association", GroupKind.TENANTS, "adl"), ("ccr", GroupKind.ADVISORY, "ccr")):
        body = TenantBody.objects.filter(kind=body_kind, status="active").order_by("id").first()
        if body is None:
            continue
        sites = list(body.sites.order_by("id"))
        mrc = sites[0].mrc if sites else None
        group = open_group(
            actor=region.coordinator,
            name=body.name,
            kind=kind,
            programs=[region.program],
            sites=sites,
            territory=mrc,
            tenant_body=body,
            summary="Les locataires, pour les locataires.",
            mandate="Représenter les locataires auprès de l'office et organiser la vie de l'immeuble.",
            founded_on=body.recognised_on,
            is_public=True,
            takes_needs=True,
        )
        members = seat_all(group, seats(6, SEED * 7 + len(found), (), Capacity.TENANT), f"locataires{len(found)}")
        record = Recorder(group, members, region.today, division=mrc, seed=SEED * 7)
        record.hold(
            days=190,
            title="Assemblée générale",
            kind="assembly",
            items=(("Élections", "decision", 30, "Un conseil de cinq personnes est élu."),),
            people=6,
            guests=21,
            hour=19,
            length=2,
        )
        record.plan(
            days=27, title="Assemblée d'automne", kind="assembly", items=(("Projets", "discussion", 40),), hour=19
        )
        found[key] = group
    return found


def _steering(region: Region) -> Group:
    """The committee of seven instances (source 004), which takes stock each year."""
    program = Program.objects.get(slug=others.PROCESS)
    organizations = [Organization.objects.get(external_id=f"demo-shawinigan-{key}") for key, *_rest in others.INSTANCES]
    group = open_group(
        actor=region.coordinator,
        name="Comité d'orientation – Ma communauté clé en main",
        kind=GroupKind.STEERING,
        programs=[program],
        host=organizations[0],
        summary="Sept instances qui soutiennent les communautés de Shawinigan.",
        mandate="Faire le bilan chaque année, choisir les cibles de l'année qui vient et ne pas lancer d'action sans soutien.",
        founded_on=date(2013, 1, 15),
        is_public=True,
    )
    members = seat_all(group, seats(7, SEED * 9, organizations), "orientation")
    record = Recorder(group, members, region.today, seed=SEED * 9)
    for turn, title in enumerate(("Bilan de l'année", "Cibles et soutiens", "Suivi à mi-année")):
        meeting = record.hold(
            days=300 - 110 * turn,
            title=title,
            items=(("Ce qui en a découlé", "information", 40, ""), ("Ce que nous décidons", "decision", 40, "")),
            people=6,
        )
        record.decide(meeting, ("Soutenir deux communautés cette année.",) if turn == 1 else ())
    record.plan(days=51, title="Bilan et cibles", items=(("Bilan", "discussion", 60),))
    return group
