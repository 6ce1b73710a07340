"""Writes stories of value: told by a member in their own words, cycle by cycle, changed or taken back by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.community.permissions import can_correct
from maillage.concertation.community.privacy import refuse_identities
from maillage.concertation.models import Group, Meeting, ValuePart, ValueStory
from maillage.concertation.permissions import can_take_part, member_of
from maillage.core.errors import require
from maillage.core.services import audit, write


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one cycle: what happened, what shows it, at which meeting it began."""

    text: str
    evidence: str = ""
    meeting: Meeting | None = None


@transaction.atomic
def tell_story(
    *, actor: Any, group: Group, parts: Mapping[int, Told], story: ValueStory | None = None, **values: Any
) -> ValueStory:
    """Tell a story of value, or change `story`; cycles that are not in `parts` are left out of it."""
    member = member_of(actor, group)
    if story is None:
        require(can_take_part(actor, group, member))
    else:
        require(can_correct(actor, group, story.told_by, member))
    if not parts:
        raise ValidationError(_("Racontez au moins un des cinq moments : le plus petit compte."))
    refuse_identities(**{f"text_{cycle}": said.text for cycle, said in parts.items()})
    written = write(
        actor=actor,
        obj=story or ValueStory(group=group, told_by=member),
        values=values,
        new="concertation.story_told",
        changed="concertation.story_edited",
    ).obj
    before = {part.cycle: part for part in written.parts.order_by("cycle")}
    ValuePart.objects.filter(story=written, cycle__in=set(before) - set(parts)).delete()
    for cycle, said in parts.items():
        part = before.get(cycle) or ValuePart(story=written, cycle=cycle)
        part.text, part.evidence, part.meeting = said.text, said.evidence, said.meeting
        part.full_clean()
        part.save()
    if story is not None:
        told = {"cycles": [sorted(before), sorted(parts)]}
        audit(actor=actor, verb="concertation.story_edited", obj=written, changes=told)
    return written


@transaction.atomic
def withdraw_story(*, actor: Any, story: ValueStory) -> None:
    """Take a story back: who told it, or the animation. Its words are gone for good."""
    require(can_correct(actor, story.group, story.told_by, member_of(actor, story.group)))
    audit(actor=actor, verb="concertation.story_withdrawn", obj=story)
    story.delete()
