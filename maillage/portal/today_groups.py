"""What groups put into a person's day: the next meetings, what they promised, what waits for those who animate."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from maillage.concertation.enums import ANIMATING, FollowUpState
from maillage.concertation.models import FollowUp, Group, Meeting, Member
from maillage.core.typography import number

NEXT = 3  # meetings named
SOON_DAYS = 7  # a promise is told of so long before its day
# What waits in groups that the person animates: its name here, the sentence, the group's page of it, the verb.
_ANIMATED: tuple[tuple[str, Any, str, str | Promise], ...] = (
    (
        "waiting_requests",
        ngettext_lazy(
            "%(group)s : %(count)s demande d'adhésion.", "%(group)s : %(count)s demandes d'adhésion.", "number"
        ),
        "concertation:requests",
        gettext_lazy("Répondre"),
    ),
    (
        "needs_waiting",
        ngettext_lazy(
            "%(group)s : %(count)s besoin nommé sans compte est à lire.",
            "%(group)s : %(count)s besoins nommés sans compte sont à lire.",
            "number",
        ),
        "concertation:needs",
        gettext_lazy("Lire"),
    ),
)
Line = tuple[str, str, str]


def next_meetings(actor: Any) -> list[Meeting]:
    """The next meetings of the groups that `actor` is a member of."""
    mine = Member.objects.current().filter(person__user_id=actor.pk).values("group")
    return list(Meeting.objects.to_come().filter(group__in=mine).select_related("group")[:NEXT])


def waiting_in_groups(actor: Any) -> list[Line]:
    """What waits for `actor` in groups, each a sentence, an address and a verb; in two queries."""
    return _promised(actor) + _animated(actor)


def _promised(actor: Any) -> list[Line]:
    soon = timezone.localdate() + timedelta(days=SOON_DAYS)
    mine = Member.objects.current().filter(person__user_id=actor.pk).values("pk")
    found = FollowUp.objects.filter(state=FollowUpState.OPEN, due_on__lte=soon, members__in=mine)
    count = found.order_by().values("pk").distinct().count()
    if not count:
        return []
    text = ngettext(
        "%(count)s chose promise à un groupe arrive à échéance.",
        "%(count)s choses promises à des groupes arrivent à échéance.",
        count,
    )
    return [(text % {"count": number(count)}, reverse("concertation:my_follow_ups"), _("Suivre"))]


def _animated(actor: Any) -> list[Line]:
    animated = Member.objects.current().filter(person__user_id=actor.pk, role__in=ANIMATING).values("group")
    found = (
        Group.objects.filter(pk__in=animated)
        .with_waiting()
        .filter(Q(waiting_requests__gt=0) | Q(needs_waiting__gt=0))
        .order_by("name", "id")
    )
    return [
        (
            text % {"number": count, "count": number(count), "group": group.name},
            reverse(name, args=[group.slug]),
            str(verb),
        )
        for group in found
        for key, text, name, verb in _ANIMATED
        if (count := getattr(group, key))
    ]
