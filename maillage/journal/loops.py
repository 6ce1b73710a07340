"""The life of a referral, declared once: which state follows which, who may say it, what it asks, when it is late.

Pure: no database. `docs/explanation/algorithms/referral-loop.md` tells the same in prose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from .enums import FOLLOW_UP_DAYS, FOLLOWED_FROM_DAYS, INFORMATION, Barrier, LoopState


class Speaker(StrEnum):
    """Who says what came of a referral: the team, the receiver by a link, whoever holds the code."""

    TEAM = "team"
    RECEIVER = "receiver"
    HOLDER = "holder"


class Asked(StrEnum):
    """Whether a move takes a barrier."""

    NEVER = "never"
    MAY = "may"
    MUST = "must"


OPEN = (LoopState.GIVEN, LoopState.SENT, LoopState.ACCEPTED, LoopState.PROPOSED, LoopState.WAITING)
CLOSED = (LoopState.OBTAINED, LoopState.REFUSED, LoopState.NOT_REACHED, LoopState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Move:
    """One may say that a referral came to `to`, when it is in `after` and one is among `by`."""

    to: LoopState
    by: frozenset[Speaker]
    after: frozenset[LoopState] = frozenset(OPEN)
    barrier: Asked = Asked.NEVER
    dated: bool = False


_T, _R, _H = Speaker.TEAM, Speaker.RECEIVER, Speaker.HOLDER
_ALL = frozenset(OPEN + CLOSED)
# In the order in which buttons stand. `SENT` comes of sending a link, never of a button.
MOVES = (
    Move(LoopState.OBTAINED, frozenset({_T, _R, _H})),
    Move(LoopState.ACCEPTED, frozenset({_T, _R})),
    Move(LoopState.PROPOSED, frozenset({_T, _R}), dated=True),
    Move(LoopState.WAITING, frozenset({_T, _R, _H})),
    Move(LoopState.REFUSED, frozenset({_T, _R, _H}), barrier=Asked.MUST),
    Move(LoopState.NOT_REACHED, frozenset({_T, _R})),
    Move(LoopState.ABANDONED, frozenset({_T, _H}), barrier=Asked.MAY),
)
# Why a person drops it is said in other codes than why a service refuses; both lists stand in the order of the choices.
REFUSALS = tuple(b for b in Barrier if b is not Barrier.DECLINED)
DROPS = (
    Barrier.DECLINED,
    Barrier.WAIT,
    Barrier.HOURS,
    Barrier.COST,
    Barrier.TRANSPORT,
    Barrier.LANGUAGE,
    Barrier.ACCESS,
    Barrier.PAPERS,
    Barrier.OTHER,
)
# A kind that a programme added is chased like a call (`FOLLOW_UP_DAYS` has the shipped ones).
OTHER_KIND_DAYS = 14
# Days from a state to the next follow-up; a proposed date counts from itself.
NEXT_DAYS = {
    LoopState.GIVEN: 7,
    LoopState.SENT: 7,
    LoopState.ACCEPTED: 21,
    LoopState.PROPOSED: 1,
    LoopState.WAITING: 30,
}
# A date farther than this is a slip of the finger.
FARTHEST_DAYS = 366
REMIND_AGAIN_DAYS = 7
LINK_DAYS = 30
CODE_DAYS = 180
MAX_ANSWERS = 12  # answers from outside that a referral takes


def first_due(kind: str, day: date, today: date) -> date | None:
    """When a new referral of an entry of `day` is to be followed; None when nobody chases it. `kind` is a code."""
    if kind in ("", INFORMATION) or day < today - timedelta(days=FOLLOWED_FROM_DAYS):
        return None
    return day + timedelta(days=FOLLOW_UP_DAYS.get(kind, OTHER_KIND_DAYS))


def next_due(state: str, today: date, proposed_on: date | None = None) -> date | None:
    """When a referral that came to `state` today is to be followed again; None once its loop is closed."""
    days = NEXT_DAYS.get(LoopState(state))
    if days is None:
        return None
    start = proposed_on if state == LoopState.PROPOSED and proposed_on else today
    return start + timedelta(days=days)


def is_closed(state: str) -> bool:
    """Whether what came of the referral is known."""
    return state in CLOSED


def moves_from(state: str, speaker: Speaker) -> list[Move]:
    """What `speaker` may say of a referral that is in `state`, in the order of the buttons."""
    return [move for move in MOVES if _may(move, state, speaker)]


def _may(move: Move, state: str, speaker: Speaker) -> bool:
    # The team also corrects an outcome that was noted by mistake.
    corrects = speaker is Speaker.TEAM and move.to in (*CLOSED, LoopState.WAITING)
    # Only a date is said twice: another one.
    return speaker in move.by and state in (_ALL if corrects else move.after) and (state != move.to or move.dated)


def problem_with(
    state: str, to: str, speaker: Speaker, barrier: str = "", proposed_on: date | None = None, *, today: date
) -> str:
    """Why a referral in `state` cannot come to `to` as it is said; empty when it can."""
    move = next((move for move in MOVES if move.to == to), None)
    if move is None or speaker not in move.by:
        return _("Choisissez ce qui est arrivé parmi les réponses proposées.")
    if not _may(move, state, speaker):
        return _("Cette référence est « {state} » : elle ne peut plus devenir « {to} ».").format(
            state=LoopState(state).label, to=move.to.label
        )
    if barrier and barrier not in Barrier.values:
        return _("Choisissez la raison dans la liste.")
    if move.barrier is Asked.MUST and not barrier:
        return _("Dites pourquoi : choisissez une raison dans la liste.")
    if move.barrier is Asked.NEVER and barrier:
        return _("Une raison va avec un refus ou un abandon seulement.")
    return _problem_with_date(move, proposed_on, today)


def _problem_with_date(move: Move, proposed_on: date | None, today: date) -> str:
    if not move.dated:
        return _("Une date va avec « Date proposée » seulement.") if proposed_on else ""
    if proposed_on is None:
        return _("Inscrivez la date proposée.")
    return problem_with_day(proposed_on, today)


def problem_with_day(day: date, today: date) -> str:
    """Why a day to come cannot be this one; empty when it can."""
    if day < today:
        return _("Cette date est passée : inscrivez aujourd'hui ou une date à venir.")
    if day > today + timedelta(days=FARTHEST_DAYS):
        return _("Cette date est à plus d'un an : vérifiez l'année.")
    return ""


def reasons_of(states: Iterable[str]) -> dict[str, tuple[Barrier, ...]]:
    """The barriers offered with each of these states."""
    offered = {LoopState.REFUSED: REFUSALS, LoopState.ABANDONED: DROPS}
    return {state: offered[LoopState(state)] for state in states if LoopState(state) in offered}
