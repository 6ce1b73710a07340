"""An application passes from one state to another, and its log says it."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.services import audit
from maillage.projects.enums import ApplicationState
from maillage.projects.lifecycle import APPLICATION
from maillage.projects.models import Application, ApplicationStep


def held_application(*, application: Application) -> Application:
    """`application` as it is now, held until the end of the transaction."""
    beside = ("call__fund__program", "call__fund__committee", "project__group", "project__program", "group")
    return Application.objects.select_for_update(of=("self",)).select_related(*beside).get(pk=application.pk)


def make_pass(*, actor: Any, application: Application, code: str, words: str = "", **fields: Any) -> Application:
    """Make `application`, held, pass by `code` with its step line; `fields` are written beside the state.

    The caller holds the transaction and has checked the permission. Raises `Refused` when it does not start there.
    """
    if len(words) > 1000:
        raise Refused(_("Les précisions comptent plus de 1 000 caractères : raccourcissez-les."))
    before = application.state
    application.state = APPLICATION.passed(code, before, ApplicationState)
    for name, value in fields.items():
        setattr(application, name, value)
    application.revision += 1
    application.full_clean(validate_unique=False)
    application.save(update_fields=["state", "revision", *fields])
    ApplicationStep.objects.create(
        application=application, before=before, after=application.state, words=words, by_label=str(actor)[:200]
    )
    audit(
        actor=actor,
        verb="projects.application_passed",
        obj=application,
        changes={"state": [before, application.state]},
    )
    return application
