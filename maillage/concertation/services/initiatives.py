"""Writes initiatives: born of a question, a need or a meeting; their steps, their story, whether everybody reads them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.community.permissions import can_tell
from maillage.concertation.community.privacy import refuse_identities
from maillage.concertation.models import Group, Initiative, InitiativeStep
from maillage.concertation.permissions import can_animate, member_of
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write
from maillage.directory.models import Organization


class WrittenMeanwhile(Refused):
    """Somebody else wrote since the page was opened."""


@transaction.atomic
def open_initiative(
    *, actor: Any, group: Group, organizations: Iterable[Organization] = (), first: str = "", **values: Any
) -> Initiative:
    """Tell of something that is born; its first step says so, in the words `first`."""
    require(can_tell(actor, group, member_of(actor, group)))
    values["started_on"] = values.get("started_on") or timezone.localdate()
    obj = Initiative(group=group)
    _refuse_later(values["started_on"], "started_on")
    _write(actor, obj, values, organizations)
    InitiativeStep.objects.create(
        initiative=obj, on=obj.started_on, stage=obj.stage, text=first or _("L'idée est née.")
    )
    return obj


@transaction.atomic
def edit_initiative(
    *, actor: Any, initiative: Initiative, organizations: Iterable[Organization], seen: str, **values: Any
) -> Initiative:
    """Change what is told. `seen` is the moment that the person's page had: a later one refuses (`WrittenMeanwhile`)."""
    require(can_tell(actor, initiative.group, member_of(actor, initiative.group)))
    now = Initiative.objects.select_for_update().select_related("group").get(pk=initiative.pk)
    if revision_of(initiative=now) != seen:
        raise WrittenMeanwhile(
            _("Quelqu'un a modifié l'initiative entre-temps. Comparez, puis enregistrez de nouveau.")
        )
    _refuse_later(values.get("started_on"), "started_on")
    _write(actor, now, values, organizations)
    return now


def _write(actor: Any, obj: Initiative, values: dict[str, Any], organizations: Iterable[Organization]) -> None:
    refuse_identities(title=values.get("title", ""), story=values.get("story", ""))
    write(
        actor=actor,
        obj=obj,
        values=values,
        new="concertation.initiative_opened",
        changed="concertation.initiative_edited",
        secret=("story",),
    )
    before = set(obj.organizations.order_by("id").values_list("pk", flat=True))
    after = {organization.pk for organization in organizations}
    if before != after:
        obj.organizations.set(after)
        obj.save()
        told = {"organizations": [len(before), len(after)]}
        audit(actor=actor, verb="concertation.initiative_edited", obj=obj, changes=told)


@transaction.atomic
def add_step(*, actor: Any, initiative: Initiative, on: date, stage: str, text: str) -> InitiativeStep:
    """Say what happened, on which day; the initiative stands where its latest step says. Said twice is said once."""
    require(can_tell(actor, initiative.group, member_of(actor, initiative.group)))
    obj = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if (twin := obj.steps.filter(on=on, stage=stage, text=text).order_by("id").first()) is not None:
        return twin
    _refuse_later(on, "on")
    refuse_identities(text=text)
    step = InitiativeStep(initiative=obj, on=on, stage=stage, text=text)
    step.full_clean()
    step.save()
    _stand_at_latest(obj)
    audit(actor=actor, verb="concertation.initiative_moved", obj=obj, changes={"stage": [None, step.stage]})
    return step


@transaction.atomic
def remove_step(*, actor: Any, step: InitiativeStep) -> None:
    """Take a step back that was said by mistake; the first one stays as long as it is alone."""
    group = step.initiative.group
    require(can_tell(actor, group, member_of(actor, group)))
    obj = Initiative.objects.select_for_update().get(pk=step.initiative_id)
    if obj.steps.count() < 2:
        raise Refused(_("Une initiative garde au moins une étape : modifiez-la plutôt."))
    audit(actor=actor, verb="concertation.initiative_step_removed", obj=obj)
    step.delete()
    _stand_at_latest(obj)


@transaction.atomic
def show_initiative(*, actor: Any, initiative: Initiative, public: bool) -> Written[Initiative]:
    """Let everybody read an initiative, or keep it in the group: its animation."""
    require(can_animate(actor, initiative.group, member_of(actor, initiative.group)))
    verb = "concertation.initiative_shown"
    return write(actor=actor, obj=initiative, values={"is_public": public}, new=verb, changed=verb)


def revision_of(*, initiative: Initiative) -> str:
    """What a page keeps of `initiative` to say which version it was."""
    return initiative.updated_at.isoformat()


def _stand_at_latest(obj: Initiative) -> None:
    latest = obj.steps.order_by("-on", "-id").first()
    if latest is not None:
        obj.stage = latest.stage
    obj.save()


def _refuse_later(day: date | None, field: str) -> None:
    if day is not None and day > timezone.localdate():
        raise ValidationError({field: _("Dites ce qui s'est passé : ce jour n'est pas encore venu.")})
