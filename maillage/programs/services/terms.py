"""Vocabularies: a code keeps its meaning. A used one is retired, never deleted, and never renamed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.programs.models import CodingFrame, Term
from maillage.programs.permissions import can_edit_frame
from maillage.programs.usage import is_used

from .frames import STEP

FIELDS = ("code", "label_fr", "label_en", "definition", "parent", "is_sensitive", "iclsc_code")
DATES = ("valid_from", "valid_to")


@transaction.atomic
def add_term(*, actor: Any, frame: CodingFrame, vocabulary: str, **fields: Any) -> Term:
    """A new term at the end of a vocabulary; `fields` are those of `FIELDS` and `DATES`."""
    require(can_edit_frame(actor, frame))
    last = frame.terms.filter(vocabulary=vocabulary).aggregate(last=Max("position"))["last"] or 0
    term = Term(frame=frame, vocabulary=vocabulary, position=last + STEP)
    _fill(term, fields)
    term.full_clean()
    _keep_meaning(term)
    term.save()
    audit(actor=actor, verb="programs.term_added", obj=term, changes={"code": [None, term.code]})
    return term


@transaction.atomic
def edit_term(*, actor: Any, term: Term, **fields: Any) -> Term:
    """Change a term. Its code changes only while nothing uses it and no other edition shares it."""
    require(can_edit_frame(actor, term.frame))
    stored = Term.objects.get(pk=term.pk)
    before = _values(stored)
    _fill(term, fields)
    if term.code != stored.code:
        if is_used(term):
            raise ValidationError({"code": _("Ce code a déjà servi : il ne change plus.")})
        if _elsewhere(stored).exists():
            raise ValidationError({"code": _("Ce code est partagé avec une autre édition : il ne change plus.")})
    term.full_clean()
    if term.code != stored.code:
        _keep_meaning(term)
    term.save()
    if changes := differences(before, _values(term)):
        audit(actor=actor, verb="programs.term_edited", obj=term, changes=changes)
    return term


@transaction.atomic
def retire_term(*, actor: Any, term: Term, last_day: date | None = None) -> Term:
    """Offer the term no more: from today on, or after `last_day`. What it coded keeps it."""
    require(can_edit_frame(actor, term.frame))
    before = {"valid_to": term.valid_to}
    term.valid_to = last_day or date.today() - timedelta(days=1)
    if last_day is None and term.valid_from and term.valid_from > term.valid_to:
        term.valid_from = term.valid_to
    term.full_clean()
    term.save()
    audit(actor=actor, verb="programs.term_retired", obj=term, changes=differences(before, {"valid_to": term.valid_to}))
    return term


@transaction.atomic
def reinstate_term(*, actor: Any, term: Term) -> Term:
    """Offer a retired term again."""
    require(can_edit_frame(actor, term.frame))
    before = {"valid_to": term.valid_to}
    term.valid_to = None
    term.full_clean()
    term.save()
    audit(actor=actor, verb="programs.term_reinstated", obj=term, changes=differences(before, {"valid_to": None}))
    return term


@transaction.atomic
def delete_term(*, actor: Any, term: Term) -> None:
    """Erase a term that nothing uses, that groups no other, and that no other edition shares."""
    require(can_edit_frame(actor, term.frame))
    if is_used(term):
        raise Refused(_("« %(term)s » a déjà servi : retirez-le plutôt.") % {"term": term.label})
    if term.children.exists():
        raise Refused(_("« %(term)s » regroupe d'autres termes : déplacez-les d'abord.") % {"term": term.label})
    if _elsewhere(term).exists():
        raise Refused(_("« %(term)s » existe dans une autre édition : retirez-le plutôt.") % {"term": term.label})
    audit(actor=actor, verb="programs.term_removed", obj=term, changes={"code": [term.code, None]})
    term.delete()


@transaction.atomic
def reorder_terms(*, actor: Any, frame: CodingFrame, vocabulary: str, order: Sequence[int]) -> None:
    """Give the terms of a vocabulary the order of their ids in `order`, which must name each of them once."""
    require(can_edit_frame(actor, frame))
    terms = {term.pk: term for term in frame.terms.of(vocabulary)}
    if sorted(order) != sorted(terms):
        raise Refused(_("Le vocabulaire a changé entre-temps : rechargez la page."))
    if list(order) == list(terms):
        return
    for rank, key in enumerate(order, start=1):
        terms[key].position = rank * STEP
    Term.objects.bulk_update(terms.values(), ["position"])
    audit(actor=actor, verb="programs.terms_reordered", obj=frame, changes={"vocabulary": vocabulary})


def move_term(*, actor: Any, term: Term, up: bool) -> None:
    """Move a term one place up or down among those that stand under the same parent."""
    terms = list(term.frame.terms.of(term.vocabulary))
    siblings = [other for other in terms if other.parent_id == term.parent_id]
    place = siblings.index(term)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        require(can_edit_frame(actor, term.frame))
        return
    order = [found.pk for found in terms]
    here, there = order.index(term.pk), order.index(siblings[other].pk)
    order[here], order[there] = order[there], order[here]
    reorder_terms(actor=actor, frame=term.frame, vocabulary=term.vocabulary, order=order)


def _fill(term: Term, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - {*FIELDS, *DATES}:
        raise TypeError(f"not fields of a term that can be edited: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(term, name, value)


def _values(term: Term) -> dict[str, Any]:
    return {name: getattr(term, name) for name in (*FIELDS, *DATES)}


def _keep_meaning(term: Term) -> None:
    """Refuse a code that another edition of the frame gives to something else."""
    other = _elsewhere(term).exclude(label_fr__iexact=term.label_fr).first()
    if other:
        sentence = _("Le code « %(code)s » veut dire « %(label)s » dans une autre édition : prenez-en un autre.")
        raise ValidationError({"code": sentence % {"code": term.code, "label": other.label_fr}})


def _elsewhere(term: Term) -> Any:
    """The same code in the other editions of the frame."""
    others = _family(term.frame) - {term.frame_id}
    return Term.objects.filter(frame__in=others, vocabulary=term.vocabulary, code=term.code)


def _family(frame: CodingFrame) -> set[int]:
    """The frame, those it was opened from and those opened from them."""
    first = frame
    while first.origin is not None:
        first = first.origin
    found = layer = {first.pk}
    while layer:
        layer = set(CodingFrame.objects.filter(origin__in=layer).values_list("pk", flat=True)) - found
        found = found | layer
    return found
