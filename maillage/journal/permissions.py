"""Who may do what in the journal. An administrator keeps the installation and reads no note."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.decision import YES, Decision, no
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership, Program
from maillage.programs.permissions import can_coordinate, is_team, roles_in

from .enums import OperationState
from .models import Device, Entry, RaisedNeed, Sibling, SyncOperation

_answering: list[Callable[[Any, RaisedNeed], bool]] = []


def can_log(actor: Any, program: Program, roles: frozenset[str] | None = None) -> Decision:
    """Write entries in this programme's journal, for oneself. `roles` are the actor's, when already read."""
    if _is_product(actor) or (is_team(actor, program) if roles is None else roles & frozenset(TEAM)):
        return YES
    return no(_("Le journal s'écrit par l'équipe du programme."))


def can_log_for(actor: Any, membership: Membership, roles: frozenset[str] | None = None) -> Decision:
    """Write an entry in the name of this worker: oneself, or anybody for coordination and for the product itself.
    `roles` as above."""
    if _is_product(actor) or membership.user_id == actor.pk:
        return YES
    if can_coordinate(actor, membership.program) if roles is None else Role.COORDINATOR in roles:
        return YES
    return no(_("Inscrire au nom d'une autre personne revient à la coordination du programme."))


def can_enrol(actor: Any) -> Decision:
    """Write without network, from a device: those who write a journal, or did (what they still hold is not lost)."""
    if actor.is_authenticated and actor.is_active and Membership.objects.team().filter(user=actor.pk).exists():
        return YES
    return no(_("Les appareils servent à l'équipe qui écrit un journal."))


def can_revoke(actor: Any, device: Device) -> Decision:
    """Stop a device: one's own, those of the team one coordinates, all for an administrator."""
    if actor.is_authenticated and Device.objects.visible_to(actor).filter(pk=device.pk).exists():
        return YES
    return no(_("Révoquer un appareil revient à sa personne, à la coordination ou à l'administration."))


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


def can_follow(actor: Any, entry: Entry, roles: frozenset[str] | None = None) -> Decision:
    """Say what came of the referrals of an entry: whoever of the team learns it. `roles` as above."""
    if (roles_in(actor, entry.program) if roles is None else roles) & frozenset(TEAM):
        return YES
    return no(_("Le suivi d'une référence se note par l'équipe du programme."))


def can_transmit(actor: Any, entry: Entry, roles: frozenset[str] | None = None) -> Decision:
    """Send a referral to its receiver, or take the link back: whoever spoke with the person (the author while in the
    team), and the coordination. `roles` as above."""
    if can_edit(actor, entry, roles):
        return YES
    return no(_("Une référence se transmet par la personne qui l'a faite ou par la coordination."))


def can_settle(actor: Any, sibling: Sibling, roles: frozenset[str] | None = None) -> Decision:
    """Decide between an entry and the version that waits beside it: whoever may correct the entry. `roles` as above."""
    return can_edit(actor, sibling.entry, roles)


def can_settle_operation(actor: Any, operation: SyncOperation, roles: frozenset[str] | None = None) -> Decision:
    """Correct and write, or discard, what a device sent and was not written. `roles` as above.

    What a rule refused: whoever sent it, while in the team, and the coordination. What is held: the coordination.
    An operation of no known programme belongs to whoever sent it.
    """
    mine = actor.is_authenticated and operation.device.user_id == actor.pk
    if operation.program is None:
        return YES if mine else no(_("Ce qu'un appareil a envoyé se règle par la personne qui l'a écrit."))
    roles = roles_in(actor, operation.program) if roles is None else roles
    if Role.COORDINATOR in roles:
        return YES
    if operation.state == OperationState.HELD:
        return no(_("La coordination doit d'abord valider cet envoi."))
    if mine and roles & frozenset(TEAM):
        return YES
    return no(_("Ce qu'un appareil a envoyé se règle par la personne qui l'a écrit ou par la coordination."))


def can_bring_file(actor: Any) -> Decision:
    """Bring a sealed file that a device wrote: whoever is in a team today, and administrators. They read none of it."""
    if actor.is_authenticated and (
        actor.is_administrator or Membership.objects.current().team().filter(user=actor).exists()
    ):
        return YES
    return no(_("Un fichier scellé est apporté par une personne de l'équipe."))


def can_raise_need(actor: Any, program: Program) -> Decision:
    """Raise a need without answer, and say what became of it: the coordination."""
    if _is_product(actor) or can_coordinate(actor, program):
        return YES
    return no(_("Porter un besoin devant un groupe revient à la coordination du programme."))


def let_answer(rule: Callable[[Any, RaisedNeed], bool]) -> None:
    """A higher floor says who else answers a raised need: those of the group that took it up."""
    if rule not in _answering:
        _answering.append(rule)


def can_answer_need(actor: Any, need: RaisedNeed) -> Decision:
    """Say what became of a raised need: the coordination, and whom a higher floor lets (`let_answer`)."""
    decision = can_raise_need(actor, need.program)
    return decision if decision or not any(rule(actor, need) for rule in _answering) else YES


def _is_product(actor: Any) -> bool:
    return actor is None or actor is PRODUCT
