"""What a need rests on: words that were gathered, a meeting, a document or an address, an entry of the journal."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import EvidenceKind, NeedState
from maillage.concertation.models import Document, Meeting, NamedNeed, NeedEvidence
from maillage.concertation.needs.words import check_words
from maillage.concertation.permissions import can_animate, can_take_part
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.journal.models import Entry

from .needs import held_need

MOST = 40  # of one need


@transaction.atomic
def add_evidence(
    *,
    actor: Any,
    need: NamedNeed,
    words: str = "",
    url: str = "",
    meeting: Meeting | None = None,
    document: Document | None = None,
    entry: Entry | None = None,
) -> list[NeedEvidence]:
    """Say what `need` rests on, one piece for each thing given; what it already rests on is left as it is.

    Raises `NotAllowed`, `Refused` (nothing given, too much, or what is not the group's) or `ValidationError`.
    """
    require(can_animate(actor, need.group) or can_take_part(actor, need.group))
    held = held_need(pk=need.pk)
    if held.declined or held.state == NeedState.PROPOSED:
        raise Refused(_("Ce besoin n'est pas au tableau du groupe : accueillez-le d'abord."))
    if any(given is not None and given.group_id != held.group_id for given in (meeting, document)):
        raise Refused(_("Cette rencontre ou ce document n'est pas de ce groupe."))
    if entry is not None and not Entry.objects.visible_to(actor).filter(pk=entry.pk).exists():
        raise Refused(_("Aucune intervention que vous lisez n'a cette adresse."))
    said = " ".join(words.split())
    check_words(held.group, words=said)
    pieces: list[tuple[str, dict[str, Any]]] = [
        (EvidenceKind.WORDS, {"words": said}),
        (EvidenceKind.MEETING, {"meeting": meeting}),
        (EvidenceKind.DOCUMENT, {"document": document}),
        (EvidenceKind.DOCUMENT, {"url": url.strip()}),
        (EvidenceKind.ENTRY, {"entry": entry}),
    ]
    given = [(kind, piece) for kind, piece in pieces if any(piece.values())]
    if not given:
        raise Refused(_("Donnez au moins une chose qui montre le besoin."))
    if held.evidence.count() + len(given) > MOST:
        raise Refused(_("Ce besoin a déjà beaucoup d'appuis : retirez-en avant d'en ajouter."))
    return [_add(actor, held, kind, piece) for kind, piece in given]


@transaction.atomic
def drop_evidence(*, actor: Any, evidence: NeedEvidence) -> None:
    """Take a piece away. Raises `NotAllowed`, or `Refused` for the referrals that the need came from."""
    require(can_animate(actor, evidence.need.group))
    if evidence.kind == EvidenceKind.REFERRALS:
        raise Refused(_("Ces références sont ce d'où vient le besoin : elles restent."))
    audit(
        actor=actor,
        verb="concertation.need_evidence_dropped",
        obj=evidence.need,
        changes={"kind": [evidence.kind, None]},
    )
    evidence.delete()


def _add(actor: Any, need: NamedNeed, kind: str, piece: dict[str, Any]) -> NeedEvidence:
    same = NeedEvidence.objects.filter(need=need, kind=kind, **piece).order_by("id").first()
    if same is not None:
        return same
    evidence = NeedEvidence(need=need, kind=kind, added_by_label=str(actor)[:200], **piece)
    evidence.full_clean()
    evidence.save()
    audit(actor=actor, verb="concertation.need_evidence_added", obj=need, changes={"kind": [None, str(kind)]})
    return evidence
