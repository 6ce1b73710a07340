"""Needs that the group's programmes raise from their referrals without answer, and what the journal shows of who took one up."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest

from maillage.concertation.enums import ANIMATING, GroupState
from maillage.concertation.models import Group, Member, NamedNeed
from maillage.journal.enums import RaisedState
from maillage.journal.models import RaisedNeed

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class RaisedLine:
    """A raised need before a group: who has it, if anybody, and whether the group may take it up."""

    raised: RaisedNeed
    named: NamedNeed | None
    ours: bool

    @property
    def free(self) -> bool:
        """Whether a group may still take it up."""
        return self.named is None and self.raised.state in (RaisedState.OPEN, RaisedState.TAKEN_UP)


def raised_before(group: Group, number: str | None) -> tuple[Page[RaisedNeed], list[RaisedLine]]:
    """The raised needs of the group's programmes that are open, or that the group has, page by page."""
    found = RaisedNeed.objects.filter(program__in=group.programs.order_by().values("pk"))
    found = found.filter(Q(state=RaisedState.OPEN) | Q(named=None, state=RaisedState.TAKEN_UP) | Q(named__group=group))
    page = Paginator(
        found.select_related("need", "division", "program", "named__group").order_by("-raised_at", "-pk"), PER_PAGE
    ).get_page(number)
    lines = []
    for raised in page:
        named = getattr(raised, "named", None)
        lines.append(RaisedLine(raised, named, named is not None and named.group_id == group.pk))
    return page, lines


def raised_card(request: HttpRequest) -> dict[str, Any] | None:
    """On the journal's page of a raised need: the group that took it up, or those that the person animates and may."""
    raised = getattr(request, "shown_need", None)
    if raised is None:
        return None
    named = NamedNeed.objects.filter(raised=raised).select_related("group").order_by("id").first()
    if named is not None:
        sees = Group.objects.visible_to(request.user).filter(pk=named.group_id).exists()
        return {"raised": raised, "named": named, "sees": sees, "groups": []}
    if raised.state in (RaisedState.ANSWERED, RaisedState.CLOSED):
        return None
    groups = Group.objects.filter(programs=raised.program_id).exclude(state=GroupState.ENDED)
    if not request.user.is_administrator:
        mine = Member.objects.current().filter(person__user_id=request.user.pk, role__in=ANIMATING)
        groups = groups.filter(pk__in=mine.order_by().values("group"))
    return {"raised": raised, "named": None, "sees": False, "groups": list(groups.order_by("name", "id")[:20])}
