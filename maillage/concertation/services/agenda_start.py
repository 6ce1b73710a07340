"""What a new meeting's agenda starts with: what was promised and is not done, and what was to be decided and was not."""

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import ItemKind, MeetingState
from maillage.concertation.models import AgendaItem, FollowUp, Meeting


@transaction.atomic
def start_agenda(*, meeting: Meeting) -> list[AgendaItem]:
    """Put the open follow-ups and the undecided items of the last meeting at the top of `meeting`'s agenda.

    Only the first meeting to come of a group starts so: the later ones of a series would repeat it. Asked twice, it adds
    nothing the second time. The caller has checked that the actor may prepare the meeting.
    """
    before = _last_held(meeting)
    if _another_comes_first(meeting):
        return []
    items: list[AgendaItem] = []
    title = str(_("Suivis de la dernière rencontre"))
    if FollowUp.objects.filter(group=meeting.group).open().exists() and not meeting.items.filter(title=title).exists():
        items.append(AgendaItem(meeting=meeting, title=title, kind=ItemKind.DISCUSSION, minutes=10))
    items += [_carried(meeting, item) for item in _undecided(before, meeting)]
    if not items:
        return []
    for item in list(meeting.items.order_by("position", "id")):
        item.position += len(items)
        item.save(update_fields=["position"])
    for position, item in enumerate(items):
        item.position = position
        item.full_clean()
        item.save()
    return items


def _undecided(before: Meeting | None, meeting: Meeting) -> list[AgendaItem]:
    """The items of `before` that were there to be decided, that no decision settled, and that `meeting` does not take up."""
    if before is None:
        return []
    taken = meeting.items.filter(carried_from__isnull=False).values("carried_from")
    waiting = before.items.filter(kind=ItemKind.DECISION, decisions__isnull=True).exclude(pk__in=taken)
    return list(waiting.order_by("position", "id"))


def _last_held(meeting: Meeting) -> Meeting | None:
    if meeting.starts_at is None:
        return Meeting.objects.filter(group=meeting.group).dated().exclude(pk=meeting.pk).last()
    return Meeting.objects.filter(group=meeting.group, starts_at__lt=meeting.starts_at).dated().last()


def _another_comes_first(meeting: Meeting) -> bool:
    coming = Meeting.objects.filter(group=meeting.group).to_come().exclude(pk=meeting.pk)
    if meeting.starts_at is None:
        return coming.exists()
    return meeting.state != MeetingState.CANCELLED and coming.filter(starts_at__lt=meeting.starts_at).exists()


def _carried(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        title=item.title,
        kind=item.kind,
        details=item.details,
        minutes=item.minutes,
        led_by=item.led_by,
        led_by_name=item.led_by_name,
        carried_from=item,
    )
