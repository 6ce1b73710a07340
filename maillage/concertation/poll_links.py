"""The link by which a member answers a poll without signing in: signed, theirs, of one meeting."""

from django.core import signing

from .models import Meeting, Member

_SALT = "concertation.poll"


def token_for(meeting: Meeting, member: Member) -> str:
    """What stands in the address; whoever holds it answers as `member`, of this poll only, while it is open."""
    return signing.dumps([meeting.pk, member.pk], salt=_SALT)


def poll_of(token: str) -> tuple[Meeting, Member] | None:
    """The poll and the member that a token names; None for a forged one, or when either is gone."""
    try:
        meeting_pk, member_pk = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    meeting = Meeting.objects.select_related("group").filter(pk=meeting_pk).first()
    member = Member.objects.select_related("person").filter(pk=member_pk).first()
    if meeting is None or member is None or member.group_id != meeting.group_id:
        return None
    return meeting, member
