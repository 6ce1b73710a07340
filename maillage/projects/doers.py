"""Who does the actions of a plan: members that its names may become, and who says what came of an action."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage.concertation.models import Member
from maillage.core.decision import YES, Decision, no
from maillage.core.text import fold

from .models import Action, Plan
from .permissions import can_edit_plan


def members_of_plan(plan: Plan) -> QuerySet[Member]:
    """The current members of the group of a plan, of its project's group, or of the groups of its programme."""
    current = Member.objects.current().select_related("person", "group").order_by("person__name", "id")
    if plan.group_id is not None:
        return current.filter(group=plan.group_id)
    if plan.project is not None:
        return current.filter(group=plan.project.group_id) if plan.project.group_id is not None else current.none()
    return current.filter(group__programs=plan.program_id)


def members_named(plan: Plan, names: Iterable[str]) -> tuple[list[Member], list[str]]:
    """The current members who bear these names, and the names that nobody bears, or several persons."""
    wanted = list(names)
    if not wanted:
        return [], []
    bearing: dict[str, dict[int, Member]] = {}
    for member in members_of_plan(plan):
        bearing.setdefault(fold(member.person.name), {}).setdefault(member.person_id, member)
    members: dict[int, Member] = {}
    others: list[str] = []
    for name in wanted:
        found = list(bearing.get(fold(name), {}).values())
        if len(found) == 1:
            members.setdefault(found[0].pk, found[0])
        else:
            others.append(name)
    return list(members.values()), others


def told_doers(action: Action) -> str:
    """Those who do an action, in one line, as its form takes them back; nothing when nobody does."""
    people = [member.person.name for member in action.members.all()]
    organization = [action.organization.name] if action.organization is not None else []
    return ", ".join([*people, *organization, *filter(None, [action.who])])


def can_mark_action(actor: Any, action: Action, edits: bool | None = None) -> Decision:
    """Say where an action stands and what was measured: those who do it, and those who change its plan (`edits`, when read)."""
    if edits if edits is not None else can_edit_plan(actor, action.objective.plan):
        return YES
    if actor.is_authenticated and any(member.person.user_id == actor.pk for member in action.members.all()):
        return YES
    return no(_("Cette action est entre les mains d'une autre personne."))
