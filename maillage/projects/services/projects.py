"""Opens projects, changes them, makes their public sheet appear."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.enums import GroupState
from maillage.concertation.models import Group, NamedNeed
from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, Written, audit, write
from maillage.directory.services import person_of
from maillage.programs.models import Program
from maillage.projects.addresses import address_of
from maillage.projects.enums import ProjectRole, ProjectStage
from maillage.projects.identities import names_of, refuse_identities
from maillage.projects.models import Project, ProjectPerson, ProjectStep
from maillage.projects.permissions import can_edit_project, can_open_project
from maillage.territories.models import Division, HousingSite

from .project_needs import take_needs

VERBS = {"new": "projects.opened", "changed": "projects.edited"}
LONG = ("description", "pride", "impacts", "story")
# What is written of a project and screened.
TOLD = ("name", "population", "summary", "description", "funding", "pride", "impacts", "story", "continuity")


class ChangedMeanwhile(Refused):
    """Somebody else wrote since the page was opened."""


@transaction.atomic
def open_project(
    *,
    actor: Any,
    group: Group | None = None,
    program: Program | None = None,
    needs: Iterable[NamedNeed] = (),
    sites: Iterable[HousingSite] = (),
    territories: Iterable[Division] = (),
    born_on: date | None = None,
    confirmed: bool = False,
    **values: Any,
) -> Project:
    """Open a project, as an idea; whoever opens it leads it, and its needs are told taken up.

    `born_on` is the day of the idea: today by default, the day when it started for one that started before. `confirmed`: what its words seem to say of somebody was read and names nobody met. Raises `NotAllowed`, `Refused` (the
    group ended) or `ValidationError` by field.
    """
    require(can_open_project(actor, group, program))
    refuse_ended(group=group)
    obj = Project(group=group, program=program)
    sites, territories = list(sites), list(territories)
    _check(obj, values, [*sites, *territories], confirmed)
    born = _born(born_on, values.get("started_on"))
    given = {"group": group, "program": program, "slug": address_of(values.get("name", "")), **values}
    project = write(actor=actor, obj=obj, values=given, secret=LONG, **VERBS).obj
    project.sites.set(sites)
    project.territories.set(territories)
    ProjectStep.objects.create(
        project=project, after=ProjectStage.IDEA, on=born, words=_("L'idée est née."), by_label=str(actor)[:200]
    )
    _lead(actor, project)
    take_needs(actor=actor, project=project, needs=needs)
    return project


@transaction.atomic
def edit_project(
    *,
    actor: Any,
    project: Project,
    seen: str = "",
    sites: Iterable[HousingSite] | None = None,
    territories: Iterable[Division] | None = None,
    confirmed: bool = False,
    **values: Any,
) -> Written[Project]:
    """Change a project; only the `values` given are touched. `sites` and `territories` are all of them.

    `seen` is the moment that the person's page had (`revision_of`): a later one refuses (`ChangedMeanwhile`). Raises as
    `open_project`.
    """
    require(can_edit_project(actor, project))
    held = held_project(pk=project.pk)
    if seen and revision_of(project=held) != seen:
        raise ChangedMeanwhile(
            _("Quelqu'un a modifié le projet entre-temps. Comparez avec ce qui est écrit, puis enregistrez de nouveau.")
        )
    group, program = values.get("group", held.group), values.get("program", held.program)
    if (group, program) != (held.group, held.program):
        require(can_open_project(actor, group, program))
        refuse_ended(group=group if group != held.group else None)
    changed = {name: text for name, text in values.items() if text != getattr(held, name)}
    _check(held, changed, [*(sites or ()), *(territories or ())], confirmed)
    written = write(actor=actor, obj=held, values=values, secret=LONG, **VERBS)
    moved = {}
    for name, given in (("sites", sites), ("territories", territories)):
        if given is not None and (change := _set_many(getattr(held, name), list(given))):
            moved[name] = change
    if moved:
        held.save(update_fields=["updated_at"])
        audit(actor=actor, verb=VERBS["changed"], obj=held, changes=moved)
        return Written(held, Outcome.CHANGED, {**written.changes, **moved})
    return written


@transaction.atomic
def show_project(*, actor: Any, project: Project, public: bool) -> Written[Project]:
    """Let anybody read the project's public sheet, or keep it to those who see the project.

    Raises `NotAllowed`, or `Refused` when the sheet would have nothing to say.
    """
    require(can_edit_project(actor, project))
    held = held_project(pk=project.pk)
    if public and not (held.summary.strip() or held.description.strip()):
        raise Refused(_("Écrivez d'abord le projet en une phrase ou sa description : la fiche commence par là."))
    verb = "projects.shown" if public else "projects.hidden"
    return write(actor=actor, obj=held, values={"is_public": public}, new=verb, changed=verb)


def held_project(*, pk: int) -> Project:
    """The project as it is now, held until the end of the transaction."""
    return Project.objects.select_for_update(of=("self",)).select_related("group", "program").get(pk=pk)


def revision_of(*, project: Project) -> str:
    """What a page keeps of `project` to say which version it was."""
    return project.updated_at.isoformat()


def refuse_ended(*, group: Group | None) -> None:
    """Raise `Refused` when the group of a project lives no longer."""
    if group is not None and group.state == GroupState.ENDED:
        raise Refused(
            _("Le groupe « %s » est terminé : confiez le projet à un groupe en vie ou à un programme.") % group.name
        )


def _check(project: Project, values: Mapping[str, Any], places: list[Any], confirmed: bool) -> None:
    told = {name: values[name] for name in TOLD if values.get(name)}
    beside = [values.get("promoter"), values.get("continued_by"), values.get("group"), *places]
    refuse_identities(told, known=lambda: names_of(project, beside), confirmed=confirmed)
    for name in ("started_on", "ended_on"):
        day = values.get(name)
        if day is not None and not 1900 <= day.year <= 2100:
            raise ValidationError({name: _("Vérifiez l'année : elle se situe entre 1900 et 2100.")})


def _born(on: date | None, started_on: date | None) -> date:
    """The day of the idea. Raises `ValidationError` for one to come, too old, or after the project started."""
    today = timezone.localdate()
    if on is None:
        return min(today, started_on or today)
    if on > today:
        raise ValidationError({"born_on": _("L'idée serait née un jour à venir : vérifiez la date.")})
    if on.year < 1900:
        raise ValidationError({"born_on": _("Vérifiez l'année : elle se situe entre 1900 et 2100.")})
    if started_on is not None and on > started_on:
        raise ValidationError({"born_on": _("L'idée serait née après le début du projet : vérifiez les deux dates.")})
    return on


def _lead(actor: Any, project: Project) -> None:
    """Whoever opens a project leads it, but for an administrator who works nowhere."""
    person = getattr(actor, "directory_person", None)
    if person is None:
        if actor.is_administrator:
            return
        person = person_of(actor=actor, name=actor.full_name or actor.email, email=actor.email)
    ProjectPerson.objects.create(project=project, person=person, role=ProjectRole.LEAD)


def _set_many(links: Any, given: list[Any]) -> list[str] | None:
    """Before and after as names, when something changes."""
    before = {row.pk: str(row) for row in links.order_by("pk")}
    after = {row.pk: str(row) for row in given}
    if before.keys() == after.keys():
        return None
    links.set(given)
    return ["; ".join(sorted(before.values())), "; ".join(sorted(after.values()))]
