"""The life of an extract: asked by a researcher, produced or refused by the coordination, handed over, gone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.programs.models import Program
from maillage.statistics.enums import ExtractState
from maillage.statistics.extraction import Made, Request, make_up, package, request, shelf, traces
from maillage.statistics.models import Extract, ExtractDelivery
from maillage.statistics.permissions import can_ask_extract, can_decide_extract, can_take_extract


def ask(*, actor: Any, program: Program, asked: Request) -> Extract:
    """Ask for an extract; the person who asks is in charge of it. `ValidationError` with sentences by field."""
    require(can_ask_extract(actor, program))
    extract = asked.of(program, actor)
    request.check(extract, timezone.localdate())
    with transaction.atomic():
        Program.objects.select_for_update().get(pk=program.pk)
        extract.number = (program.extracts.aggregate(last=Max("number"))["last"] or 0) + 1
        extract.seal = extract.sealed()
        extract.full_clean(exclude=["trace", "outcome"])
        extract.save()
        audit(actor=actor, verb="statistics.extract_asked", obj=extract, changes=_told(extract))
    return extract


def _told(extract: Extract) -> dict[str, Any]:
    period = f"{extract.start} – {extract.end}"
    return {"fields": [None, ", ".join(extract.fields)], "start": [None, period], "k": [None, extract.k]}


def look(*, actor: Any, extract: Extract) -> Made:
    """What a request would give now, for whoever decides of it. Writes nothing; `Refused` where it cannot be made."""
    require(can_decide_extract(actor, extract))
    request.require_unchanged(extract)
    return make_up(extract)


def make(*, actor: Any, extract: Extract, seen: str) -> Extract:
    """Produce the package of a request. `seen` is the token of what the coordination has read (`Made.token`).

    Rows are computed before the transaction. Refused when the request changed, when the journal or the vocabularies
    now give something else than what was read, or when another extract was produced meanwhile.
    """
    require(can_decide_extract(actor, extract))
    _require_state(extract, ExtractState.ASKED)
    request.require_unchanged(extract)
    made = make_up(extract)
    if not constant_time_compare(made.token(extract), seen):
        raise Refused(
            _(
                "Ce qui sortirait a changé depuis que vous l'avez lu (journal, vocabulaire ou demande) : relisez l'aperçu."
            )
        )
    content = package.write(extract, made, timezone.localdate())
    try:
        with transaction.atomic():
            held = _locked(extract, ExtractState.ASKED)
            if held.seal != extract.seal or _beside(held) != made.outcome["beside"]:
                raise Refused(_("Un autre extrait vient d'être produit : relisez l'aperçu."))
            held.outcome, held.trace = made.outcome, made.trace
            held.digest = shelf.digest(content)
            _decide(actor, held, ExtractState.MADE)
            audit(actor=actor, verb="statistics.extract_made", obj=held, changes={"digest": [None, held.digest]})
            shelf.put(held.uid, content)
    except Exception:
        if not Extract.objects.filter(pk=extract.pk, state=ExtractState.MADE).exists():
            shelf.throw_away(extract.uid)
        raise
    return held


def _beside(extract: Extract) -> list[int]:
    return [one.extract.number for one in traces.earlier_than(extract)]


def _require_state(extract: Extract, wanted: str) -> None:
    if extract.state != wanted:
        raise Refused(
            _("Cet extrait est déjà « %(state)s ».") % {"state": str(ExtractState(extract.state).label).lower()}
        )


def _locked(extract: Extract, wanted: str) -> Extract:
    """The row as it stands now, held until the end of the transaction, with the programme's other extracts."""
    Program.objects.select_for_update().get(pk=extract.program_id)
    held = Extract.objects.select_related("program").get(pk=extract.pk)
    _require_state(held, wanted)
    return held


def _decide(actor: Any, extract: Extract, state: str, reason: str = "") -> None:
    extract.state, extract.reason = state, reason.strip()
    extract.decided_by, extract.decided_at = (actor if actor.pk else None), timezone.now()
    extract.full_clean(exclude=["trace", "outcome"])
    extract.save()


@transaction.atomic
def refuse(*, actor: Any, extract: Extract, reason: str) -> Extract:
    """Say no to a request, and why."""
    require(can_decide_extract(actor, extract))
    held = _locked(extract, ExtractState.ASKED)
    _decide(actor, held, ExtractState.REFUSED, reason)
    audit(actor=actor, verb="statistics.extract_refused", obj=held, changes={"reason": [None, held.reason]})
    return held


def withdraw(*, actor: Any, extract: Extract, reason: str) -> Extract:
    """Take a package back: its file is deleted. What was already taken is still counted with later extracts."""
    require(can_decide_extract(actor, extract))
    with transaction.atomic():
        held = _locked(extract, ExtractState.MADE)
        _decide(actor, held, ExtractState.WITHDRAWN, reason)
        audit(actor=actor, verb="statistics.extract_withdrawn", obj=held, changes={"reason": [None, held.reason]})
    shelf.throw_away(held.uid)
    return held


def hand_over(*, actor: Any, extract: Extract) -> bytes:
    """The package, with a line in the log of deliveries. Refused once expired, or when the file is not what was made."""
    require(can_take_extract(actor, extract))
    with transaction.atomic():
        held = _locked(extract, ExtractState.MADE)
        if held.is_over:
            raise Refused(_("Cet extrait est échu depuis le %(day)s.") % {"day": held.expires_on.isoformat()})
        content = shelf.take(held.uid, held.digest)
        if content is None:
            raise Refused(
                _(
                    "Le fichier n'est plus celui qui a été produit : rien n'est remis. La coordination peut retirer cet "
                    "extrait et en produire un autre."
                )
            )
        ExtractDelivery.objects.create(extract=held, taken_by=actor, digest=held.digest)
        audit(actor=actor, verb="statistics.extract_taken", obj=held, changes={"digest": [None, held.digest]})
    return content


def expire(*, today: date | None = None) -> int:
    """Close what has expired and delete its files, and files that belong to nothing; how many extracts closed."""
    today = today or timezone.localdate()
    over = Extract.objects.filter(expires_on__lt=today, state__in=[ExtractState.ASKED, ExtractState.MADE])
    closed = 0
    for extract in over.order_by("pk"):
        with transaction.atomic():
            if Extract.objects.filter(pk=extract.pk, state=extract.state).update(state=ExtractState.EXPIRED):
                audit(actor=PRODUCT, verb="statistics.extract_expired", obj=extract)
                closed += 1
        shelf.throw_away(extract.uid)
    shelf.throw_away_all_but(Extract.objects.filter(state=ExtractState.MADE).order_by().values_list("uid", flat=True))
    return closed
