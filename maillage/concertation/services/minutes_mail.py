"""What is written to members about minutes."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from maillage.concertation.models import Decision, Member, Minutes
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail

TOLD = 60  # decisions that a message lists


def tell_members(*, minutes: Minutes) -> int:
    """Tell each current member who has an address that the minutes circulate; give how many messages were queued."""
    assert minutes.circulated_at is not None
    meeting = minutes.meeting
    decisions = list(Decision.objects.filter(meeting=meeting).order_by("number")[:TOLD])
    members = Member.objects.current().filter(group=meeting.group).select_related("person__user")
    told = 0
    for member in members.order_by("id"):
        user = member.person.user
        address = user.email if user else member.person.email
        if not address:
            continue
        language = user.language if user else "fr-ca"
        with translation.override(language):
            shown = {
                "name": member.person.name,
                "meeting": meeting,
                "group": meeting.group,
                "decisions": decisions,
                "link": public_url(reverse("concertation:minutes", args=[meeting.uid])) if user else "",
            }
            sent = queue_mail(
                event=f"minutes.{meeting.uid}.circulated.{int(minutes.circulated_at.timestamp())}",
                topic=f"group.{meeting.group_id}.minutes",
                to=address,
                subject=_("Procès-verbal à lire : %(title)s") % {"title": meeting.title},
                text=render_to_string("concertation/mail/minutes.txt", shown),
                language=language,
            )
        told += sent is not None
    return told
