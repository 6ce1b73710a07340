"""A group says which of its needs come first: opened, filled by each member, closed and counted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import Method, NeedState
from maillage.concertation.models import Ballot, Group, Meeting, Member, NamedNeed, Prioritization
from maillage.concertation.needs.sheets import counted, problem_with, sheets_of
from maillage.concertation.permissions import can_animate, can_give_sheet
from maillage.core.errors import Refused, require
from maillage.core.services import audit

FEWEST, MOST, MOST_DOTS = 2, 30, 20
CHOSEN = (NeedState.OPEN, NeedState.TAKEN_UP)


@transaction.atomic
def open_prioritization(
    *,
    actor: Any,
    group: Group,
    needs: Iterable[NamedNeed],
    method: str,
    dots: int = 5,
    meeting: Meeting | None = None,
) -> Prioritization:
    """Ask the members which of `needs` come first. One at a time in a group.

    Raises `NotAllowed`, `Refused` (fewer than two needs, more than thirty, or one that is not alive on the board), or
    `ValidationError` (another one is open).
    """
    require(can_animate(actor, group))
    kept = list({need.pk: need for need in needs}.values())
    if not FEWEST <= len(kept) <= MOST:
        raise Refused(_("Choisissez de 2 à 30 besoins à comparer."))
    alive = NamedNeed.objects.on_board().filter(pk__in=[need.pk for need in kept], group=group, state__in=CHOSEN)
    if alive.count() != len(kept):
        raise Refused(_("L'un de ces besoins n'est plus à comparer : rouvrez la page et choisissez de nouveau."))
    if method == Method.DOTS and not 1 <= dots <= MOST_DOTS:
        raise Refused(_("Donnez à chaque personne de 1 à 20 points."))
    if meeting is not None and meeting.group_id != group.pk:
        raise Refused(_("Cette rencontre n'est pas de ce groupe."))
    opened = Prioritization(group=group, method=method, dots=dots, meeting=meeting)
    opened.full_clean()
    opened.save()
    opened.needs.set(kept)
    changes = {"method": [None, str(method)], "needs": [0, len(kept)]}
    audit(actor=actor, verb="concertation.prioritizing_opened", obj=opened, changes=changes)
    return opened


@transaction.atomic
def give_sheet(*, actor: Any, prioritization: Prioritization, member: Member, sheet: Mapping[int, int]) -> None:
    """Write what `member` gives, in place of what they gave: dots or ranks by need; an empty sheet takes it back.

    For oneself, or by those who animate for a member without account, from their paper. What is given is not written in
    the audit. Raises `NotAllowed` or `Refused`.
    """
    held = _open(prioritization.pk)
    require(can_give_sheet(actor, held.group, member))
    if member.group_id != held.group_id:
        raise Refused(_("Cette personne n'est pas membre du groupe."))
    kept = {need: value for need, value in sheet.items() if value}
    problem = problem_with(held, set(held.needs.order_by().values_list("pk", flat=True)), kept)
    if problem:
        raise Refused(problem)
    Ballot.objects.filter(prioritization=held, member=member).delete()
    Ballot.objects.bulk_create(
        Ballot(prioritization=held, member=member, need_id=need, value=value) for need, value in sorted(kept.items())
    )


@transaction.atomic
def close_prioritization(*, actor: Any, prioritization: Prioritization) -> Prioritization:
    """Count what was given and give each need its place; without any sheet, places stay as they are. Twice is once.

    Needs of the group that were not compared lose the place that an earlier count gave them. Raises `NotAllowed`.
    """
    held = Prioritization.objects.select_for_update(of=("self",)).select_related("group").get(pk=prioritization.pk)
    require(can_animate(actor, held.group))
    if held.closed_at is not None:
        return held
    sheets = sheets_of(held)
    lines = counted(held, list(sheets.values()))
    held.closed_at, held.voters = timezone.now(), len(sheets)
    held.results = [
        {"need": line.need, "points": line.points, "place": line.place, "given_by": line.given_by, "tied": line.tied}
        for line in (lines if sheets else [])
    ]
    held.save(update_fields=["closed_at", "voters", "results"])
    if sheets:
        NamedNeed.objects.filter(group=held.group, priority__isnull=False).update(priority=None, priority_score=None)
        for line in lines:
            NamedNeed.objects.filter(pk=line.need).update(priority=line.place, priority_score=line.points)
    audit(actor=actor, verb="concertation.prioritizing_closed", obj=held, changes={"voters": [None, held.voters]})
    return held


def _open(pk: int) -> Prioritization:
    held = Prioritization.objects.select_for_update(of=("self",)).select_related("group").get(pk=pk)
    if held.closed_at is not None:
        raise Refused(_("Cet exercice est fermé : ses résultats sont comptés."))
    return held
