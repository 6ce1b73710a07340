"""Two programmes that must not see each other, each marked by a word that may appear nowhere else."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client

from tests.factories import (
    make_entry,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_organization,
    make_program,
    make_project,
    make_site,
    make_tenant_body,
    make_user,
)

OURS, THEIRS = "Canariours", "Zibelinelynx"
ROLES = (
    "anonymous",
    "outsider",
    "tenant",
    "partner",
    "researcher",
    "worker",
    "outreach",
    "coordinator",
    "administrator",
)


@dataclass
class Side:
    """One programme with something of everything, all of it bearing the canary."""

    canary: str
    program: Any = None
    site: Any = None
    organization: Any = None
    tenant_body: Any = None
    members: dict[str, Any] = field(default_factory=dict)
    entry: Any = None
    group: Any = None
    meeting: Any = None
    project: Any = None
    seats: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Both sides; rows of the matrix ask about `ours`."""

    ours: Side
    theirs: Side
    clients: dict[str, Client] = field(default_factory=dict)


def _side(canary: str) -> Side:
    side = Side(canary)
    slug = f"programme-{canary.lower()}"
    side.program = make_program(slug=slug, name=f"Entente {canary}", start=date(2013, 1, 1))
    # Names of organizations are for everybody who signs in: they bear no canary.
    side.organization = make_organization(name=f"Organisme {canary[::-1]}")
    side.site = make_site(side.program, name=f"Habitations {canary}", address=f"rue {canary}")
    side.tenant_body = make_tenant_body(side.site, name=f"Association {canary}")
    for role in ROLES[2:8]:
        side.members[role] = make_member(side.program, role, label=f"Membre {role} {canary}")
    side.entry = make_entry(
        side.program, side.members["worker"], site=side.site, note=f"Une note {canary}", actions=["welcome"]
    )
    _concert(side)
    return side


def _concert(side: Side) -> None:
    """A group of the side with a meeting to come: the tenant, the partner and the worker are members, the outreach worker
    keeps the minutes, the coordinator coordinates; the researcher is not in it."""
    side.group = make_group(name=f"Table {side.canary}", slug=f"table-{side.canary.lower()}", programs=[side.program])
    roles = {"tenant": "member", "partner": "member", "worker": "member", "outreach": "secretary"}
    for role, seat in {**roles, "coordinator": "coordinator"}.items():
        capacity = "tenant" if role == "tenant" else "community"
        organization = None if role == "tenant" else side.organization
        user = side.members[role].user
        side.seats[role] = make_group_member(side.group, seat, user, capacity=capacity, organization=organization)
    side.meeting = make_meeting(side.group, title=f"Rencontre {side.canary}")
    slug = f"projet-{side.canary.lower()}"
    side.project = make_project(name=f"Projet {side.canary}", slug=slug, group=side.group, program=side.program)


def build_world() -> World:
    """The world, with a client signed in for each role; `outsider` coordinates the other programme."""
    world = World(_side(OURS), _side(THEIRS))
    users = {role: member.user for role, member in world.ours.members.items()}
    users["outsider"] = world.theirs.members["coordinator"].user
    users["administrator"] = make_user(is_administrator=True)
    for role in ROLES:
        world.clients[role] = Client()
        if role in users:
            world.clients[role].force_login(users[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return world
