"""Who may read a portrait, and how."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Program
from maillage.programs.permissions import can_coordinate, roles_in

from .models import Extract


def reading(actor: Any, program: Program) -> tuple[Decision, Decision]:
    """Whether `actor` may read the portrait, and whether its figures are exact for them; one query for both."""
    members = no(_("Ce portrait est réservé aux membres du programme."))
    team = no(
        _(
            "Les chiffres exacts sont réservés à l'équipe du programme. Vous lisez les chiffres protégés d'un mois, d'un "
            "trimestre, d'une année civile ou de toute la durée."
        )
    )
    if not actor.is_authenticated:
        return members, team
    if actor.is_administrator:
        return YES, YES
    roles = roles_in(actor, program)
    return (YES if roles else members), (YES if roles & frozenset(TEAM) else team)


def can_read_exact_portrait(actor: Any, program: Program) -> Decision:
    """Read exact figures, for any period and with any filter: the programme's team, who write them."""
    return reading(actor, program)[1]


def can_release(actor: Any, program: Program) -> Decision:
    """Prepare, publish, correct, discard or withdraw a release, and set how figures are protected: coordination."""
    return can_coordinate(actor, program)


def can_ask_extract(actor: Any, program: Program) -> Decision:
    """Ask for an extract: who does research in the programme now."""
    if Role.RESEARCHER in roles_in(actor, program):
        return YES
    return no(_("Un extrait se demande par une personne qui fait de la recherche dans le programme."))


def extract_standing(actor: Any, program: Program) -> tuple[bool, bool]:
    """Whether `actor` may ask for extracts in the programme, and whether they decide of them; one query for both."""
    if actor.is_authenticated and actor.is_administrator:
        return False, True
    roles = roles_in(actor, program)
    return Role.RESEARCHER in roles, Role.COORDINATOR in roles


def can_decide_extract(actor: Any, extract: Extract) -> Decision:
    """See what an extract would give, produce, refuse or withdraw it: the coordination, never the person who asks."""
    if actor.is_authenticated and actor.pk is not None and actor.pk == extract.researcher_id:
        return no(_("Une autre personne de la coordination décide de votre demande."))
    return can_coordinate(actor, extract.program)


def can_take_extract(actor: Any, extract: Extract) -> Decision:
    """Take the package: the person in charge while they do research in the programme, and the coordination."""
    if actor.is_authenticated and actor.pk == extract.researcher_id:
        return can_ask_extract(actor, extract.program)
    return can_coordinate(actor, extract.program)
