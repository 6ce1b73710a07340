"""A need without answer is raised for a group to take up, and what became of it is said."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.enums import RaisedState
from maillage.journal.models import RaisedNeed
from maillage.journal.permissions import can_answer_need, can_raise_need
from maillage.journal.screening import screen
from maillage.journal.signals import need_answered, need_raised
from maillage.journal.unmet.asking import NOWHERE, UnmetAsked
from maillage.journal.unmet.counting import protected_figure
from maillage.journal.unmet.offer import territories_without_service

from .refusals import IdentitySuspected


@transaction.atomic
def raise_need(*, actor: Any, asked: UnmetAsked, statement: str) -> RaisedNeed:
    """Raise the need that the board shows under these filters, said in one sentence.

    The referrals without answer are its evidence from now on; what people outside the team read of their number is
    protected once, now. Announces `need_raised`. Raises `NotAllowed`, `IdentitySuspected`, `Refused` (nothing stands
    behind the need) or `ValidationError`.
    """
    require(can_raise_need(actor, asked.program))
    said = " ".join(statement.split())
    if not said:
        raise Refused(_("Dites le besoin en une phrase : c'est elle que le groupe lira."))
    if findings := screen(said, lambda: asked.context.known_places):
        raise IdentitySuspected(findings)
    evidence = list(asked.referrals().values_list("pk", flat=True))
    if not evidence and not _is_lacking(asked):
        raise Refused(
            _("Aucune référence sans réponse ni aucun service manquant sous ces filtres : élargissez la période.")
        )
    start, end = asked.period
    need = RaisedNeed(
        program=asked.program,
        need=asked.needs.get(asked.need),
        division=asked.mrcs.get(asked.mrc) or asked.program.territory,
        start=start,
        end=end,
        statement=said,
        shown_count=protected_figure(asked),
        raised_by_id=getattr(actor, "pk", None),
        raised_by_label=str(actor or "")[:200],
    )
    need.full_clean()
    need.save()
    need.referrals.set(evidence)
    audit(actor=actor, verb="journal.need_raised", obj=need, changes={"referrals": [0, len(evidence)]})
    need_raised.send(sender=RaisedNeed, need=need, actor=actor)
    return need


@transaction.atomic
def answer_need(*, actor: Any, need: RaisedNeed, state: str) -> RaisedNeed:
    """Say what became of a raised need, and announce it (`need_answered`). The same state twice changes nothing.

    Raises `NotAllowed` or `Refused`.
    """
    require(can_answer_need(actor, need))
    if state not in RaisedState.values:
        raise Refused(_("Choisissez ce que le besoin est devenu."))
    need = RaisedNeed.objects.select_for_update(of=("self",)).select_related("program").get(pk=need.pk)
    if need.state != state:
        before, need.state = need.state, state
        need.save(update_fields=["state"])
        audit(actor=actor, verb="journal.need_answered", obj=need, changes={"state": [before, state]})
        need_answered.send(sender=RaisedNeed, need=need, actor=actor)
    return need


def _is_lacking(asked: UnmetAsked) -> bool:
    """Whether the directory knows no service for the need in the territory asked for."""
    if asked.need in ("", NOWHERE) or asked.mrc == NOWHERE:
        return False
    mrcs = [asked.mrcs[asked.mrc]] if asked.mrc else list(asked.mrcs.values())
    found = territories_without_service([asked.need], mrcs)
    return found is not None and found[asked.need] == {one.pk for one in mrcs}
