"""The invented team of the agreements: support workers by MRC, outreach workers by chosen site, one coordinator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.directory.models import Organization
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.programs.services import add_member
from maillage.territories.enums import Level
from maillage.territories.models import Division

from . import names
from .accounts import ACCOUNTS
from .partners import CSSS_OF_MRC

# The total of 161 hours a week is published; how it is shared out between MRC is invented.
HOURS = {
    "17": Decimal("14"),
    "18": Decimal("17.5"),
    "19": Decimal("14"),
    "25": Decimal("35"),
    "26": Decimal("10.5"),
    "27": Decimal("10.5"),
    "28": Decimal("12"),
    "29": Decimal("17.5"),
    "31": Decimal("19"),
    "33": Decimal("11"),
}
WORKERS = {"17": 1, "18": 1, "19": 2, "25": 4, "26": 1, "27": 1, "28": 1, "29": 2, "31": 3, "33": 2}
OUTREACH = ("25", "31", "27", "18", "29", "28")
SEED = 161


@dataclass
class Team:
    """Those who write a programme's journal, by MRC and role."""

    coordinator: Membership | None = None
    workers: dict[str, list[Membership]] = field(default_factory=dict)
    outreach: dict[str, Membership] = field(default_factory=dict)


def load(
    actor: Any,
    program: Program,
    users: Mapping[str, User],
    divisions: Mapping[str, Division],
    partners: Mapping[str, Organization],
    start: date,
    with_outreach: bool = True,
) -> Team:
    """Write the team of a programme: the same invented persons from one edition to the next."""
    team = Team()
    invented = iter(names.people(sum(WORKERS.values()) + len(OUTREACH), SEED))
    accounts = _accounts(users)

    def add(role: str, label: str, code: str, user: User | None = None) -> Membership:
        return add_member(
            actor=actor,
            program=program,
            label=user.full_name if user else label,
            role=role,
            user=user,
            organization=partners[CSSS_OF_MRC[code]],
            divisions=[divisions[f"{Level.MRC}:{code}"]],
            start=start,
        )

    for code, count in WORKERS.items():
        for number in range(count):
            user = accounts[Role.WORKER] if code == "25" and number == 0 else None
            team.workers.setdefault(code, []).append(add(Role.WORKER, next(invented), code, user))
    for code in OUTREACH if with_outreach else ():
        user = accounts[Role.OUTREACH] if code == OUTREACH[0] else None
        team.outreach[code] = add(Role.OUTREACH, next(invented), code, user)
    team.coordinator = _member(actor, program, accounts[Role.COORDINATOR], Role.COORDINATOR, start)
    return team


def _accounts(users: Mapping[str, User]) -> dict[str, User]:
    return {account.role: users[account.word] for account in ACCOUNTS if account.role}


def add_readers(
    actor: Any, program: Program, users: Mapping[str, User], partners: Mapping[str, Organization], start: date
) -> None:
    """Write those who read without writing: partner, researcher, tenant."""
    accounts = _accounts(users)
    _member(actor, program, accounts[Role.PARTNER], Role.PARTNER, start, partners["rohq"])
    _member(actor, program, accounts[Role.RESEARCHER], Role.RESEARCHER, start)
    _member(actor, program, accounts[Role.TENANT], Role.TENANT, start)


def _member(
    actor: Any, program: Program, user: User, role: str, start: date, organization: Organization | None = None
) -> Membership:
    return add_member(
        actor=actor,
        program=program,
        label=user.full_name,
        role=role,
        user=user,
        organization=organization,
        start=start,
    )
