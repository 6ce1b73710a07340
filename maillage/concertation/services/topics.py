"""Writes the themes of a group's practice."""

from typing import Any

from django.db import transaction

from maillage.concertation.community.permissions import can_keep_topics
from maillage.concertation.models import Group, Topic
from maillage.core.errors import require
from maillage.core.services import Written, write


@transaction.atomic
def save_topic(*, actor: Any, group: Group, topic: Topic | None = None, **values: Any) -> Written[Topic]:
    """Name a theme of `group`, or rename, retire or take up again `topic`.

    What was asked and declared under a retired theme stays. Raises `ValidationError` for a name that the group has.
    """
    require(can_keep_topics(actor, group))
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
    return write(
        actor=actor,
        obj=topic or Topic(group=group),
        values=values,
        new="concertation.topic_added",
        changed="concertation.topic_edited",
    )
