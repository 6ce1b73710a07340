"""Who may do what in a programme: pure predicates over memberships."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no

from .enums import TEAM, Role
from .models import Membership, Program


def roles_in(actor: Any, program: Program, day: date | None = None) -> frozenset[str]:
    """The roles that `actor` holds in `program` on `day` (today by default)."""
    if not actor.is_authenticated:
        return frozenset()
    found = Membership.objects.current(day).filter(user=actor, program=program).values_list("role", flat=True)
    return frozenset(found)


def is_team(actor: Any, program: Program) -> bool:
    """Whether `actor` writes this programme's journal and reads it whole."""
    return bool(roles_in(actor, program) & frozenset(TEAM))


def can_coordinate(actor: Any, program: Program) -> Decision:
    """Set up the programme: sites, hours, people, vocabularies, imports."""
    if actor.is_authenticated and (actor.is_administrator or Role.COORDINATOR in roles_in(actor, program)):
        return YES
    return no(_("Cette action revient à la coordination du programme."))


def can_create_program(actor: Any) -> Decision:
    """Open a programme: administrators, and coordinators (who open the next edition of theirs)."""
    if actor.is_authenticated and (
        actor.is_administrator or Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).exists()
    ):
        return YES
    return no(_("Ouvrir un programme revient à la coordination."))
