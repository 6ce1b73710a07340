"""Who may change what a group says and learns. Members speak; authors correct themselves; the animation keeps order."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.concertation.models import Group, Member
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.core.decision import YES, Decision, no


def can_keep_topics(actor: Any, group: Group, member: Member | None = None) -> Decision:
    """Name, rename and retire the themes of a group: its animation."""
    return can_animate(actor, group, member)


def can_correct(actor: Any, group: Group, author: Member | None, member: Member | None = None) -> Decision:
    """Change or take back what `author` wrote: themselves, while they are a member, and the animation."""
    if member is not None and author is not None and author.person_id == member.person_id:
        return YES
    if can_animate(actor, group, member):
        return YES
    return no(_("Seule la personne qui l'a écrit, ou l'animation du groupe, peut le changer."))


def can_say_helped(actor: Any, group: Group, asker: Member | None, member: Member | None = None) -> Decision:
    """Say which answer helped: who asked, and the animation (who asked may have left)."""
    if can_correct(actor, group, asker, member):
        return YES
    return no(_("Seule la personne qui a posé la question, ou l'animation, dit quelle réponse a aidé."))


def can_tell(actor: Any, group: Group, member: Member | None = None) -> Decision:
    """Open an initiative and say how it goes: the members of the group, and its animation."""
    if can_take_part(actor, group, member) or can_animate(actor, group, member):
        return YES
    return no(_("Cette action revient aux membres du groupe."))
