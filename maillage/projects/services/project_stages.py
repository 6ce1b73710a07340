"""Where a project stands: the passages of `lifecycle.PROJECT`, each with its line in the log."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.typography import day as said_day
from maillage.directory.models import Organization
from maillage.projects.applying import had_ended
from maillage.projects.enums import ProjectStage
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.lifecycle import PROJECT
from maillage.projects.models import Project, ProjectStep
from maillage.projects.permissions import can_edit_project

from .projects import held_project, refuse_ended

LONGEST = 1000
NEEDS_GROUP = ("seek", "start", "reopen")


class StageMoved(Refused):
    """Somebody made the project pass meanwhile; `project` is how it stands now."""

    def __init__(self, project: Project) -> None:
        stage = project.get_stage_display()
        super().__init__(_("Le projet a changé d'étape entre-temps : il est « %s ».") % stage)
        self.project = project


@transaction.atomic
def move_project(
    *,
    actor: Any,
    project: Project,
    code: str,
    on: date | None = None,
    words: str = "",
    seen: str = "",
    continued_by: Organization | None = None,
    continuity: str = "",
    confirmed: bool = False,
) -> Project:
    """Make `project` pass to another stage on a day (today by default), and write it in its log.

    Handing over says who goes on (`continued_by`) or what goes on (`continuity`). `seen` is the stage that the person had in
    sight. Raises `NotAllowed`, `StageMoved`, `Refused` (no such passage from here, ended group) or `ValidationError` (a day to come,
    or before the project came where it is).
    """
    require(can_edit_project(actor, project))
    held = held_project(pk=project.pk)
    if seen and held.stage != seen:
        raise StageMoved(held)
    after = PROJECT.passed(code, held.stage, ProjectStage)
    day, said = _checked(held, on, words, continuity, confirmed)
    if code in NEEDS_GROUP and had_ended(held.group, day):
        refuse_ended(group=held.group)
    before, held.stage = held.stage, after
    touched = {"stage", "updated_at", *_follow(held, code, day, continued_by, continuity)}
    held.full_clean()
    held.save(update_fields=touched)
    ProjectStep.objects.create(project=held, before=before, after=after, on=day, words=said, by_label=str(actor)[:200])
    audit(actor=actor, verb="projects.moved", obj=held, changes={"stage": [before, after]})
    return held


def _checked(held: Project, on: date | None, words: str, continuity: str, confirmed: bool) -> tuple[date, str]:
    day, said = on or timezone.localdate(), " ".join(words.split())
    if day > timezone.localdate():
        raise ValidationError({"on": _("Dites ce qui s'est passé : ce jour n'est pas encore venu.")})
    if day.year < 1900:
        raise ValidationError({"on": _("Vérifiez l'année : elle se situe entre 1900 et 2100.")})
    last = held.steps.last()
    if last is not None and day < last.on:
        told = {"stage": last.get_after_display(), "since": said_day(last.on)}
        raise ValidationError({"on": _("Le projet est « %(stage)s » depuis le %(since)s : vérifiez la date.") % told})
    if len(said) > LONGEST:
        raise ValidationError({"words": _("Ce qui s'est passé compte plus de 1 000 caractères : raccourcissez-le.")})
    texts = {"words": said, "continuity": continuity}
    refuse_identities(texts, known=lambda: names_of(held), confirmed=confirmed)
    return day, said


def _follow(held: Project, code: str, day: date, continued_by: Organization | None, continuity: str) -> dict[str, Any]:
    """What goes with a passage, written on the row; the names of what was touched."""
    touched: dict[str, Any] = {}
    if code == "hand_over" and not (continued_by or continuity.strip()):
        raise ValidationError({"continued_by": _("Dites qui poursuit le projet, ou ce qui se poursuit.")})
    if continued_by is not None:
        touched["continued_by"] = continued_by
    if continuity.strip():
        touched["continuity"] = continuity.strip()
    if code == "start" and held.started_on is None:
        touched["started_on"] = day
    if code in ("hand_over", "end") and held.ended_on is None:
        touched["ended_on"] = day
    if code == "reopen":
        touched["ended_on"] = None
    for name, value in touched.items():
        setattr(held, name, value)
    return touched
