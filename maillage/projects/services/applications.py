"""A group asks a fund for support: the application is opened, written, given its budget, submitted, withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.models import NamedNeed
from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.projects.applying import can_apply, can_receive_application, can_write_application, refuse_another_program
from maillage.projects.budget import Totals, totals_of
from maillage.projects.completeness import lacks_of
from maillage.projects.enums import ApplicationState
from maillage.projects.identities import names_around, names_of, refuse_identities
from maillage.projects.models import Application, ApplicationStep, BudgetLine, Call, Project
from maillage.projects.permissions import can_carry_application

from .application_mail import tell_fund
from .application_steps import held_application, make_pass

OPENED, EDITED = "projects.application_opened", "projects.application_edited"
WORDS = ("what", "why", "who", "when", "changes", "afterwards")
MOST_LINES = 80


class ApplicationMoved(Refused):
    """Somebody changed the application meanwhile; `application` is how it stands now."""

    def __init__(self, application: Application) -> None:
        super().__init__(_("Cette demande a changé entre-temps : lisez les deux textes, puis enregistrez de nouveau."))
        self.application = application


@transaction.atomic
def open_application(*, actor: Any, project: Project, call: Call) -> Application:
    """Begin an application of `project` to `call`; what the project already says is proposed.

    Raises `NotAllowed`, `Refused` (the call is closed), `ValidationError` (the project already applies to it, or is of another
    programme than the fund).
    """
    require(can_apply(actor, project))
    # Two people who begin at once: the second finds the first one's application, and a sentence says so.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if call.closes_on < timezone.localdate():
        raise Refused(_("L'appel « %s » est fermé : choisissez-en un autre.") % call.title, on="call")
    refuse_another_program(project, call)
    application = Application(call=call, project=project, group=project.group)
    values = {"payee": project.promoter, **proposed_words(actor=actor, project=project)}
    written = write(actor=actor, obj=application, values=values, new=OPENED, changed=EDITED, secret=WORDS).obj
    ApplicationStep.objects.create(application=written, after=written.state, by_label=str(actor)[:200])
    return written


def proposed_words(*, actor: Any, project: Project) -> dict[str, Any]:
    """What the project and its needs already say of what an application asks."""
    needs = NamedNeed.objects.visible_to(actor).filter(projects=project).order_by("id")
    told = [need.statement for need in needs[:10]]
    return {
        "what": (project.description or project.summary)[:5000],
        "why": "\n".join([*filter(None, [project.issue]), *told])[:5000],
        "who": project.population,
        "afterwards": project.continuity,
    }


@transaction.atomic
def edit_application(
    *, actor: Any, application: Application, values: Mapping[str, Any], revision: int, confirmed: bool = False
) -> Application:
    """Write the words, dates and payee of an application.

    Raises `NotAllowed`, `ApplicationMoved` when it changed since `revision`, `ValidationError` (a word that could say who
    somebody is, unless `confirmed`; dates that go backwards).
    """
    require(can_write_application(actor, application))
    held = held_application(application=application)
    require(can_write_application(actor, held))
    if held.revision != revision:
        raise ApplicationMoved(held)
    start, end = values.get("starts_on"), values.get("ends_on")
    if start is not None and end is not None and end < start:
        raise ValidationError({"ends_on": _("La fin prévue précède le début.")})
    texts = {name: values.get(name, "") for name in WORDS}
    refuse_identities(texts, known=lambda: names_of(held.project), confirmed=confirmed)
    written = write(actor=actor, obj=held, values=values, new=OPENED, changed=EDITED, secret=WORDS).obj
    _turned(written)
    return written


@transaction.atomic
def save_budget(
    *,
    actor: Any,
    application: Application,
    lines: Sequence[Mapping[str, Any]],
    revision: int,
    confirmed: bool = False,
) -> Application:
    """Write the whole budget of an application; `lines` say `side`, `kind`, `label`, `organization`, `amount`, `is_confirmed`.

    Raises `NotAllowed`, `ApplicationMoved`, `Refused` (too many lines), `ValidationError`; by the place of its line, for a label that
    could say who somebody is, unless `confirmed`.
    """
    require(can_write_application(actor, application))
    held = held_application(application=application)
    require(can_write_application(actor, held))
    if held.revision != revision:
        raise ApplicationMoved(held)
    if len(lines) > MOST_LINES:
        raise Refused(_("Un budget compte au plus %d lignes : réunissez les plus petites.") % MOST_LINES)
    labels = {str(place): line["label"] for place, line in enumerate(lines)}
    refuse_identities(labels, known=lambda: _names(held, lines), confirmed=confirmed)
    before = totals_of(held.budget.all())
    held.budget.all().delete()
    written = [_line(held, place, line) for place, line in enumerate(lines)]
    BudgetLine.objects.bulk_create(written)
    after = totals_of(written)
    held.asked = after.asked or None
    held.save(update_fields=["asked"])
    audit(actor=actor, verb="projects.budget_saved", obj=held, changes=_moved(before, after))
    _turned(held)
    return held


def _names(application: Application, lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names that the labels of a budget may say: those around the application, and of whoever pays."""
    payers = [str(line["organization"]) for line in lines if line.get("organization")]
    return [*names_around(application), *payers]


def _line(application: Application, place: int, values: Mapping[str, Any]) -> BudgetLine:
    line = BudgetLine(application=application, position=place, **values)
    line.full_clean(exclude=["application"])
    return line


def _moved(before: Totals, after: Totals) -> dict[str, list[str]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in ("cost", "asked", "money", "in_kind")}
    return {name: [str(old), str(new)] for name, (old, new) in pairs.items() if old != new}


def _turned(application: Application) -> None:
    application.revision += 1
    application.save(update_fields=["revision"])


@transaction.atomic
def submit_application(*, actor: Any, application: Application, on: date | None = None) -> Application:
    """Submit an application that lacks nothing; those who manage the fund are told.

    It is submitted today; one that came on paper, on the day it came. `on`, another day, is for those who manage the fund to say.
    Raises `NotAllowed` or `Refused`, which says the first thing that is lacking.
    """
    held = held_application(application=application)
    require(can_carry_application(actor, held))
    if on is not None:
        require(can_receive_application(actor, held))
    came = on or (held.received_on if held.state == ApplicationState.DRAFT else None) or timezone.localdate()
    if held.state in (ApplicationState.DRAFT, ApplicationState.RETURNED):
        lacks = lacks_of(held, list(held.budget.all()))
        if lacks:
            raise Refused(lacks[0].sentence)
    make_pass(actor=actor, application=held, code="submit", on=came, submitted_on=came, missing="")
    tell_fund(application=held, on=came)
    return held


@transaction.atomic
def withdraw_application(
    *, actor: Any, application: Application, words: str = "", on: date | None = None
) -> Application:
    """Take an application back (today by default); it stays readable, and its project may apply again.

    Another day is for those who manage the fund to say. Raises `NotAllowed`, `Refused`, `ValidationError` (words that say who
    somebody is).
    """
    held = held_application(application=application)
    require(can_carry_application(actor, held))
    if on is not None:
        require(can_receive_application(actor, held))
    refuse_identities({"words": words}, known=lambda: names_around(held), confirmed=None)
    return make_pass(actor=actor, application=held, code="withdraw", on=on, words=words)
