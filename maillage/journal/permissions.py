"""Who may do what in the journal. An administrator keeps the installation and reads no note."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.decision import YES, Decision, no
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership, Program
from maillage.programs.permissions import can_coordinate, is_team, roles_in

from .models import Entry


def can_log(actor: Any, program: Program) -> Decision:
    """Write entries in this programme's journal, for oneself."""
    if _is_product(actor) or is_team(actor, program):
        return YES
    return no(_("Le journal s'écrit par l'équipe du programme."))


def can_log_for(actor: Any, membership: Membership) -> Decision:
    """Write an entry in the name of this worker: oneself, or anybody for coordination and for the product itself."""
    if _is_product(actor) or membership.user_id == actor.pk or can_coordinate(actor, membership.program):
        return YES
    return no(_("Inscrire au nom d'une autre personne revient à la coordination du programme."))


def can_log_all(actor: Any, program: Program) -> Decision:
    """Write many entries in the name of anybody: imports."""
    return YES if _is_product(actor) else can_coordinate(actor, program)


def is_author(actor: Any, entry: Entry) -> bool:
    """Whether the entry is told by `actor`, or was written by them."""
    return actor.is_authenticated and actor.pk in (entry.worker.user_id, entry.created_by_id)


def can_read_note(actor: Any, entry: Entry, roles: frozenset[str] | None = None) -> Decision:
    """Read the free text: its author and the coordination, nobody else. `roles` are the actor's, when already read."""
    if is_author(actor, entry) or Role.COORDINATOR in (roles_in(actor, entry.program) if roles is None else roles):
        return YES
    return no(_("La note se lit par son auteur·e et par la coordination."))


def can_edit(actor: Any, entry: Entry, roles: frozenset[str] | None = None) -> Decision:
    """Correct, delete or bring back an entry: its author while in the team, and the coordination. `roles` as above."""
    roles = roles_in(actor, entry.program) if roles is None else roles
    if Role.COORDINATOR in roles or (is_author(actor, entry) and roles & frozenset(TEAM)):
        return YES
    return no(_("Une intervention se corrige par son auteur·e ou par la coordination."))


def _is_product(actor: Any) -> bool:
    return actor is None or actor is PRODUCT
