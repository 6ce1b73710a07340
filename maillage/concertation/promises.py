"""Who may say what came of a follow-up."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no

from .models import FollowUp, Member
from .permissions import can_animate, member_of


def can_mark_follow_up(actor: Any, follow_up: FollowUp, member: Member | None = None) -> Decision:
    """Say what came of a follow-up: those who promised it, and those who animate the group. `member` is the actor's, when read."""
    found = member or member_of(actor, follow_up.group)
    if can_animate(actor, follow_up.group, found):
        return YES
    if found is not None and any(doer.person_id == found.person_id for doer in follow_up.members.all()):
        return YES
    return no(_("Ce suivi est entre les mains d'une autre personne du groupe."))
