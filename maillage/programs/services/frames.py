"""Coding frames: opened from the shipped vocabularies, or copied for a next edition with the same codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import audit
from maillage.programs.models import CodingFrame, Term
from maillage.programs.permissions import can_create_program, can_use_frame
from maillage.programs.shipped_frame import FRAME_NAME, FRAME_SOURCE, TERMS, Line

STEP = 10  # between two positions


@transaction.atomic
def create_frame(
    *,
    actor: Any,
    name: str = FRAME_NAME,
    source: str = FRAME_SOURCE,
    terms: Mapping[str, Sequence[Line]] = TERMS,
) -> CodingFrame:
    """A new frame with the vocabularies that are shipped, or with `terms` of the same shape."""
    require(can_create_program(actor))
    frame = CodingFrame(name=name, source=source)
    frame.full_clean()
    frame.save()
    made: dict[tuple[str, str], Term] = {}
    for vocabulary, lines in terms.items():
        for rank, (code, french, english, _parent, sensitive) in enumerate(lines, start=1):
            term = Term(
                frame=frame,
                vocabulary=vocabulary,
                code=code,
                label_fr=french,
                label_en=english,
                position=rank * STEP,
                is_sensitive=sensitive,
            )
            term.clean_fields(exclude=["frame"])
            made[vocabulary, code] = term
    parents = {(v, line[0]): (v, line[3]) for v, lines in terms.items() for line in lines if line[3]}
    _save(made, parents)
    audit(actor=actor, verb="programs.frame_opened", obj=frame, changes={"terms": [0, len(made)]})
    return frame


@transaction.atomic
def copy_frame(*, actor: Any, frame: CodingFrame, name: str) -> CodingFrame:
    """A next edition of `frame`: every term, retired ones too, so that no code ever takes another meaning."""
    require(can_use_frame(actor, frame))
    edition = CodingFrame(name=name, source=frame.source, origin=frame)
    edition.full_clean()
    edition.save()
    made, parents = {}, {}
    for term in frame.terms.select_related("parent"):
        key = (term.vocabulary, term.code)
        if term.parent:
            parents[key] = (term.parent.vocabulary, term.parent.code)
        term.pk, term.frame, term.parent = None, edition, None
        term._state.adding = True
        made[key] = term
    _save(made, parents)
    audit(
        actor=actor,
        verb="programs.frame_opened",
        obj=edition,
        changes={"origin": [None, frame.pk], "terms": [0, len(made)]},
    )
    return edition


def _save(terms: dict[tuple[str, str], Term], parents: dict[tuple[str, str], tuple[str, str]]) -> None:
    """Write terms, those that stand at the top first, then those under them."""
    tops = [term for key, term in terms.items() if key not in parents]
    Term.objects.bulk_create(tops)
    children = []
    for key, parent in parents.items():
        terms[key].parent = terms[parent]
        children.append(terms[key])
    Term.objects.bulk_create(children)
