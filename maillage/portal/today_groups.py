"""What groups put into a person's day: the next meetings, what waits for those who animate."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Group, Meeting, Member
from maillage.core.typography import number

NEXT = 3  # meetings named
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
    """What waits for `actor` in groups that they animate, each a sentence, an address and a verb."""
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
