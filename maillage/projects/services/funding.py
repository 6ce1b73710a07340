"""The search for money elsewhere: programmes of funders, and what projects ask of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import Outcome, audit, write
from maillage.projects.enums import FundingState
from maillage.projects.identities import refuse_identities
from maillage.projects.models import FundingRequest, FundingSource, Project
from maillage.projects.permissions import can_edit_project, can_keep_sources
from maillage.territories.models import Division

SOURCE_ADDED, SOURCE_EDITED = "projects.source_added", "projects.source_edited"
ADDED, EDITED = "projects.funding_request_added", "projects.funding_request_edited"
ANSWERED = (FundingState.GRANTED, FundingState.PARTLY, FundingState.REFUSED)
PAID = (FundingState.GRANTED, FundingState.PARTLY)


@transaction.atomic
def save_source(
    *, actor: Any, source: FundingSource, values: Mapping[str, Any], territories: Iterable[Division]
) -> FundingSource:
    """Write a funder's programme, new or known. Raises `NotAllowed`, `Refused` (its days) or `ValidationError` by field."""
    require(can_keep_sources(actor))
    opens, closes = values.get("opens_on"), values.get("closes_on")
    if opens and closes and closes < opens:
        raise Refused(_("La date limite précède l'ouverture : vérifiez les deux dates."))
    before = set() if source.pk is None else set(source.territories.order_by().values_list("pk", flat=True))
    written = write(actor=actor, obj=source, values=values, new=SOURCE_ADDED, changed=SOURCE_EDITED)
    after = {division.pk for division in territories}
    if before != after:
        written.obj.territories.set(after)
        if written.outcome != Outcome.NEW:
            changes = {"territories": [len(before), len(after)]}
            audit(actor=actor, verb=SOURCE_EDITED, obj=written.obj, changes=changes)
    return written.obj


@transaction.atomic
def save_request(*, actor: Any, request: FundingRequest, values: Mapping[str, Any]) -> FundingRequest:
    """Write what a project asks of a funder, and what was answered. Raises `NotAllowed`, `Refused` or `ValidationError` by field."""
    require(can_edit_project(actor, request.project))
    _check(values, timezone.localdate())
    refuse_identities({"reason": values.get("reason") or ""}, confirmed=True)
    return write(actor=actor, obj=request, values=values, new=ADDED, changed=EDITED).obj


@transaction.atomic
def remove_request(*, actor: Any, request: FundingRequest) -> None:
    """Take back a request written by mistake. Raises `NotAllowed`, or `Refused` once it was made."""
    require(can_edit_project(actor, request.project))
    held = FundingRequest.objects.select_for_update().filter(pk=request.pk).first()
    if held is None:
        raise Refused(_("Cette demande a été retirée entre-temps."))
    if held.state != FundingState.TO_MAKE:
        raise Refused(_("Cette demande a été faite : elle reste au dossier. Dites plutôt ce qu'elle est devenue."))
    gone = {"name": [str(held.source), None]}
    audit(actor=actor, verb="projects.funding_request_removed", obj=held.project, changes=gone)
    held.delete()


def follow(*, actor: Any, project: Project, source: FundingSource) -> FundingRequest:
    """Begin to follow a request of `project` to `source`: to make, for its closing day."""
    values = {"source": source, "due_on": source.closes_on, "state": FundingState.TO_MAKE}
    return save_request(actor=actor, request=FundingRequest(project=project), values=values)


def _check(values: Mapping[str, Any], today: date) -> None:
    """Raise `Refused` where the state, the days and the amounts do not go together."""
    state, asked, granted = values.get("state"), values.get("asked"), values.get("granted")
    asked_on, answered_on = values.get("asked_on"), values.get("answered_on")
    if (asked_on and asked_on > today) or (answered_on and answered_on > today):
        raise Refused(_("Une demande faite ou une réponse reçue n'est pas dans l'avenir : vérifiez la date."))
    if state not in (FundingState.TO_MAKE, FundingState.DROPPED) and asked_on is None:
        raise Refused(_("Dites quel jour la demande a été faite."))
    if state in ANSWERED and answered_on is None:
        raise Refused(_("Dites quel jour la réponse est venue."))
    if asked_on and answered_on and answered_on < asked_on:
        raise Refused(_("La réponse précède la demande : vérifiez les deux dates."))
    if granted is not None and state not in PAID:
        raise Refused(_("Un montant accordé va avec une demande accordée : changez l'état, ou retirez le montant."))
    if state in PAID and granted is None:
        raise Refused(_("Dites quel montant est accordé."))
    if state == FundingState.GRANTED and asked is not None and granted is not None and granted < asked:
        raise Refused(_("Le montant accordé est plus petit que le montant demandé : dites « Accordé en partie »."))
    if state == FundingState.PARTLY and asked is not None and granted is not None and granted >= asked:
        raise Refused(_("Tout ce qui était demandé est accordé : dites « Accordé »."))
