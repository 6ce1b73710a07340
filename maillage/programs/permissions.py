"""Who may do what in a programme: pure predicates over memberships."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.territories.models import HousingSite

from .enums import TEAM, Role
from .models import CodingFrame, Invitation, Membership, Program, ProgramSite


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
    return standing(actor, program)[1]


def can_see_team(actor: Any, program: Program) -> Decision:
    """Read the people and the vocabularies of the programme: its team, and administrators."""
    return standing(actor, program)[0]


def standing(actor: Any, program: Program) -> tuple[Decision, Decision]:
    """`(can_see_team, can_coordinate)` in one read, for pages that show both."""
    if actor.is_authenticated and actor.is_administrator:
        return YES, YES
    roles = roles_in(actor, program)
    team = YES if roles & frozenset(TEAM) else no(_("Cette page est réservée à l'équipe du programme."))
    return team, YES if Role.COORDINATOR in roles else no(_("Cette action revient à la coordination du programme."))


def can_create_program(actor: Any) -> Decision:
    """Open a programme: administrators, and coordinators (who open the next edition of theirs)."""
    if actor.is_authenticated and (
        actor.is_administrator or Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).exists()
    ):
        return YES
    return no(_("Ouvrir un programme revient à la coordination."))


def can_edit_site(actor: Any, site: HousingSite) -> Decision:
    """Correct a site of the register: those who coordinate a programme that covers it, and administrators."""
    if not actor.is_authenticated:
        return no(_("Cette action revient à la coordination du programme."))
    if actor.is_administrator:
        return YES
    mine = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
    if ProgramSite.objects.filter(site=site, program__in=mine).exists():
        return YES
    return no(_("Corriger un milieu revient à la coordination d'un programme qui le couvre."))


def can_edit_frame(actor: Any, frame: CodingFrame) -> Decision:
    """Change vocabularies: those who coordinate every programme that uses the frame, and administrators."""
    if not actor.is_authenticated:
        return no(_("Cette action revient à la coordination du programme."))
    if actor.is_administrator:
        return YES
    mine = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
    users = frame.programs.all()
    if not users.exists() or not users.filter(pk__in=mine).exists():
        return no(_("Cette action revient à la coordination du programme."))
    if users.exclude(pk__in=mine).exists():
        return no(
            _(
                "Ce vocabulaire sert à plusieurs programmes : seule une personne qui les coordonne tous, "
                "ou l'administration, peut le changer."
            )
        )
    return YES


def can_use_frame(actor: Any, frame: CodingFrame) -> Decision:
    """Give the frame to another programme: those who coordinate one that uses it, and administrators."""
    if actor.is_authenticated and (
        actor.is_administrator
        or Membership.objects.current().filter(user=actor, role=Role.COORDINATOR, program__frame=frame).exists()
    ):
        return YES
    return no(_("Ce cadre de codification appartient à un programme que vous ne coordonnez pas."))


def can_accept(actor: Any, invitation: Invitation) -> Decision:
    """Take up an invitation: the person whose account bears its e-mail, once signed in."""
    if actor.is_authenticated and actor.is_active and actor.email.casefold() == invitation.email.casefold():
        return YES
    return no(_("Cette invitation est pour une autre personne."))
