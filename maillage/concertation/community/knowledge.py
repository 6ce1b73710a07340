"""Who knows what in a group: what members declared, with their consent, read by its members only."""

from django.db.models import QuerySet

from maillage.concertation.models import Group, Member, PracticeArea, Question


def areas_of(group: Group) -> QuerySet[PracticeArea]:
    """What the current members of `group` say they know, by theme then name."""
    current = Member.objects.current().filter(group=group)
    found = PracticeArea.objects.filter(member__in=current.order_by().values("pk"), topic__is_retired=False)
    return found.select_related("topic", "member__person", "member__organization").order_by(
        "topic__name", "topic_id", "member__person__name", "id"
    )


def those_who_know(question: Question) -> QuerySet[Member]:
    """Current members who declared the theme of `question` and may be asked, but who asks it."""
    members = Member.objects.current().filter(group=question.group_id)
    if question.topic_id is None:
        return members.none()
    knowing = PracticeArea.objects.filter(topic=question.topic_id, may_be_asked=True)
    asked = members.filter(pk__in=knowing.order_by().values("member")).exclude(pk=question.asked_by_id)
    return asked.select_related("person__user", "organization").order_by("person__name", "id")
