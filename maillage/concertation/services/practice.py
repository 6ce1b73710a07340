"""Writes who knows what: declared by each for themselves, with their consent, and taken back at will."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from maillage.concertation.community.privacy import refuse_identities
from maillage.concertation.models import Group, Member, PracticeArea, Topic
from maillage.concertation.permissions import can_take_part, member_of
from maillage.core.errors import require
from maillage.core.services import audit


@transaction.atomic
def declare_practice(*, actor: Any, group: Group, known: Mapping[Topic, str], may_be_asked: bool) -> Member:
    """Say what `actor` knows in `group`: themes with a few words each. What is left out is taken back.

    Declaring is consenting that the group's members read it; nobody declares for somebody else.
    """
    member = member_of(actor, group)
    require(can_take_part(actor, group, member))
    assert member is not None
    member = Member.objects.select_for_update().get(pk=member.pk)
    refuse_identities(**{f"words_{topic.pk}": words for topic, words in known.items()})
    before = {area.topic_id: area for area in member.practice_areas.order_by("id")}
    wanted = {topic.pk for topic in known}
    for topic_id, area in before.items():
        if topic_id not in wanted and not area.topic.is_retired:
            area.delete()
    for topic, words in known.items():
        area = before.get(topic.pk) or PracticeArea(member=member, topic=topic)
        area.words, area.may_be_asked = " ".join(words.split()), may_be_asked
        area.full_clean()
        area.save()
    changed = {"themes": [len(before), len(wanted)]}
    audit(actor=actor, verb="concertation.practice_declared", obj=group, changes=changed)
    return member
