"""An application passes from one state to another, and its log says it."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.services import audit
from maillage.core.typography import day
from maillage.projects.enums import ApplicationState
from maillage.projects.lifecycle import APPLICATION, Actor
from maillage.projects.models import Application, ApplicationStep


def held_application(*, application: Application) -> Application:
    """`application` as it is now, held until the end of the transaction."""
    beside = ("call__fund__program", "call__fund__committee", "project__group", "project__program", "group")
    return Application.objects.select_for_update(of=("self",)).select_related(*beside).get(pk=application.pk)


def make_pass(
    *, actor: Any, application: Application, code: str, on: date | None = None, words: str = "", **fields: Any
) -> Application:
    """Make `application`, held, pass by `code` on a day (today by default) with its step line; `fields` are written beside the state.

    The caller holds the transaction and has checked the permission. Raises `Refused` when it does not start there, or for a
    day that is to come or before what it follows.
    """
    if len(words) > 1000:
        raise Refused(_("Les précisions comptent plus de 1 000 caractères : raccourcissez-les."))
    before = application.state
    application.state = APPLICATION.passed(code, before, ApplicationState)
    happened = _day_of(application, code, on)
    for name, value in fields.items():
        setattr(application, name, value)
    application.revision += 1
    application.full_clean(validate_unique=False)
    application.save(update_fields=["state", "revision", *fields])
    ApplicationStep.objects.create(
        application=application, before=before, after=application.state, on=happened, words=words,
        by_label=str(actor)[:200],
    )  # fmt: skip
    audit(
        actor=actor,
        verb="projects.application_passed",
        obj=application,
        changes={"state": [before, application.state]},
    )
    return application


def _day_of(application: Application, code: str, on: date | None) -> date:
    """The day of a passage. Handing over to the committee is paperwork: nothing waits for it."""
    happened, verb = on or timezone.localdate(), APPLICATION[code].verb
    field = "decided_on" if APPLICATION[code].by == Actor.COMMITTEE else "on"
    if happened > timezone.localdate():
        raise Refused(
            _("« %(verb)s » : le %(day)s est à venir. Donnez le jour où c'est arrivé.") % _said(verb, happened),
            on=field,
        )
    last = application.steps.exclude(after=ApplicationState.REVIEWED).last()
    if last is not None and happened < last.on:
        told = _said(verb, happened) | {"state": last.get_after_display(), "since": day(last.on)}
        raise Refused(
            _("« %(verb)s » : le %(day)s précède l'étape « %(state)s », du %(since)s. Vérifiez la date.") % told,
            on=field,
        )
    return happened


def _said(verb: Any, happened: date) -> dict[str, Any]:
    return {"verb": verb, "day": day(happened)}
