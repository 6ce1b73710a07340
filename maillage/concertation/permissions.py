"""Who may do what in a group. The member list is the access list; what is refused on something one sees says why."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.programs.permissions import can_create_program

from .enums import ANIMATING, MemberRole
from .models import Group, Meeting, Member, NamedNeed


def member_of(actor: Any, group: Group) -> Member | None:
    """The current membership of `actor` in `group`."""
    if not actor.is_authenticated:
        return None
    mine = Member.objects.current().filter(group=group, person__user_id=actor.pk)
    return mine.select_related("person", "organization").order_by("id").first()


def can_open_group(actor: Any, parent: Group | None = None) -> Decision:
    """Open a group: those who coordinate a programme, administrators; a sub-group: those who animate its parent too."""
    if can_create_program(actor) or (parent is not None and can_animate(actor, parent)):
        return YES
    return no(_("Ouvrir un groupe revient à la coordination d'un programme ou à l'animation du groupe parent."))


def can_take_part(actor: Any, group: Group, member: Member | None = None) -> Decision:
    """Answer polls, propose items, name needs, ask and answer: the members of the group. `member` is the actor's, when read."""
    if (member or member_of(actor, group)) is not None:
        return YES
    return no(_("Cette action revient aux membres du groupe."))


def can_animate(actor: Any, group: Group, member: Member | None = None) -> Decision:
    """Prepare meetings, write minutes, answer requests and needs: coordination, facilitation and secretaries; administrators."""
    if actor.is_authenticated and actor.is_administrator:
        return YES
    found = member or member_of(actor, group)
    if found is not None and found.role in ANIMATING:
        return YES
    return no(_("Cette action revient à l'animation du groupe."))


def can_keep_members(actor: Any, group: Group, member: Member | None = None) -> Decision:
    """Change the group and its members: its coordination, and administrators."""
    if actor.is_authenticated and actor.is_administrator:
        return YES
    found = member or member_of(actor, group)
    if found is not None and found.role == MemberRole.COORDINATOR:
        return YES
    return no(_("Cette action revient à la coordination du groupe."))


def can_word_need(actor: Any, need: NamedNeed, member: Member | None = None) -> Decision:
    """Write a need better: those who animate the group, and the member who named it. `member` is the actor's, when read."""
    if can_animate(actor, need.group, member):
        return YES
    found = member or member_of(actor, need.group)
    if found is not None and need.named_by_id == found.pk:
        return YES
    return no(_("Un besoin se récrit par qui l'a nommé ou par l'animation du groupe."))


def can_register(actor: Any, meeting: Meeting) -> Decision:
    """Register for a meeting: the members of its group, those who animate it, and anybody when it is announced to all."""
    if meeting.is_public and not meeting.group.is_discreet:
        return YES
    if can_animate(actor, meeting.group) or can_take_part(actor, meeting.group):
        return YES
    return no(_("L'inscription à cette rencontre revient aux membres du groupe."))


def answers_raised(actor: Any, raised: Any) -> bool:
    """Say to the journal what became of a raised need: those who animate the group that took it up."""
    taken = NamedNeed.objects.filter(raised_id=raised.pk).select_related("group").order_by("id").first()
    return taken is not None and bool(can_animate(actor, taken.group))


def can_give_sheet(actor: Any, group: Group, member: Member | None) -> Decision:
    """Fill the sheet of `member` in a prioritising: oneself; those who animate, for a member without account."""
    if member is None:
        return no(_("Les membres du groupe remplissent une feuille ; vous n'en êtes pas."))
    if actor.is_authenticated and member.person.user_id == actor.pk:
        return can_take_part(actor, group, member)
    if member.person.user_id is None:
        return can_animate(actor, group)
    return no(_("Cette personne a un compte : elle remplit sa feuille elle-même."))
