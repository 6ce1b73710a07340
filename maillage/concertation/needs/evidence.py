"""What a need rests on, as somebody sees it: an entry opens for its team only, referrals for the programme only."""

from dataclasses import dataclass
from typing import Any

from maillage.concertation.enums import EvidenceKind
from maillage.concertation.models import NamedNeed, NeedEvidence
from maillage.journal.models import Entry, RaisedNeed


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence; `opens` says whether the person may open what it names."""

    piece: NeedEvidence
    opens: bool


def evidence_of(need: NamedNeed, actor: Any) -> list[EvidenceLine]:
    """The pieces of `need` in the order in which they were given, in at most three queries."""
    pieces = list(need.evidence.select_related("entry", "meeting", "document").order_by("added_at", "id"))
    entries = [piece.entry_id for piece in pieces if piece.entry_id]
    mine: set[int] = set()
    if entries:
        mine = set(Entry.objects.visible_to(actor).filter(pk__in=entries).order_by("pk").values_list("pk", flat=True))
    raised = need.raised_id is not None and RaisedNeed.objects.visible_to(actor).filter(pk=need.raised_id).exists()
    return [EvidenceLine(piece, _opens(piece, mine, raised)) for piece in pieces]


def _opens(piece: NeedEvidence, entries: set[int], raised: bool) -> bool:
    if piece.kind == EvidenceKind.ENTRY:
        return piece.entry_id in entries
    return raised if piece.kind == EvidenceKind.REFERRALS else True
