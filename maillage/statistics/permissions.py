"""Who may read a portrait, and how."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.programs.models import Program
from maillage.programs.permissions import is_team, roles_in


def can_read_portrait(actor: Any, program: Program) -> Decision:
    """Read the programme's portrait: whoever belongs to it now, and administrators."""
    if actor.is_authenticated and (actor.is_administrator or roles_in(actor, program)):
        return YES
    return no(_("Ce portrait est réservé aux membres du programme."))


def can_read_exact_portrait(actor: Any, program: Program) -> Decision:
    """Read exact figures, for any period and with any filter: the programme's team, who write them."""
    if actor.is_authenticated and (actor.is_administrator or is_team(actor, program)):
        return YES
    return no(
        _(
            "Les chiffres exacts sont réservés à l'équipe du programme : choisissez une année civile ou toute la "
            "période, sans autre filtre."
        )
    )
