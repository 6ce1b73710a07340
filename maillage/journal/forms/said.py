"""What a form says of a referral: the button that was pressed, and what stands beside it."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.journal.enums import Barrier, LoopState
from maillage.journal.services import Said


def read_said(sent: QueryDict) -> Said:
    """The state of the button (`do`, with its reason after « : »), the reason, the date and the words of the form.

    Raises `Refused` for a date that is none; a state or a reason that is none is left to the rules.
    """
    state, _colon, barrier = sent.get("do", "").partition(":")
    barrier = barrier or sent.get("barrier", "")
    return Said(
        state=state if state in LoopState.values else "",
        barrier=barrier if not barrier or barrier in Barrier.values else "?",
        proposed_on=read_day(sent.get("proposed_on", "")),
        note=" ".join(sent.get("note", "").split()),
    )


def read_day(typed: str) -> date | None:
    """The day typed; None for none. Raises `Refused` for what is no day."""
    typed = typed.strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(_("Cette date ne se lit pas : écrivez-la ainsi, 2026-05-06.")) from None


def typed_said(sent: QueryDict) -> dict[str, str]:
    """What was typed, to be shown again when it is refused."""
    kept = {name: sent.get(name, "")[:300] for name in ("barrier", "proposed_on", "note")}
    state, _colon, barrier = sent.get("do", "").partition(":")
    return kept | {"do": state, "barrier": barrier or kept["barrier"]}
