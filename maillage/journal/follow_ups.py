"""What « Mes suivis » shows: referrals that wait, the late ones first, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .enums import LoopState
from .loops import CLOSED, MOVES, Asked, Move, Speaker, is_closed, moves_from, reasons_of
from .models import Referral
from .queries import journal_program

SHOWN = 12  # a page on a phone; each line bears its buttons
# What is said from the list, in words short enough for a phone; the rest is said on the page of the referral.
ONE_TAP = {
    LoopState.OBTAINED: _("Service obtenu"),
    LoopState.WAITING: _("Liste d'attente"),
    LoopState.REFUSED: _("Refusée"),
    LoopState.NOT_REACHED: _("Non rejointe"),
    LoopState.ABANDONED: _("Abandonnée"),
}
# The words of buttons for those outside, who act or tell: first what one does, then what happened.
SAYS: dict[Speaker, dict[LoopState, Any]] = {
    Speaker.RECEIVER: {
        LoopState.ACCEPTED: _("Accepter"),
        LoopState.PROPOSED: _("Proposer une date"),
        LoopState.WAITING: _("Mettre sur la liste d'attente"),
        LoopState.REFUSED: _("Refuser"),
        LoopState.OBTAINED: _("La personne a obtenu le service"),
        LoopState.NOT_REACHED: _("Nous n'avons pas rejoint la personne"),
    },
    Speaker.HOLDER: {
        LoopState.OBTAINED: _("Service obtenu"),
        LoopState.WAITING: _("Sur une liste d'attente"),
        LoopState.REFUSED: _("Le service a refusé"),
        LoopState.ABANDONED: _("J'ai laissé tomber"),
    },
    Speaker.TEAM: {move.to: move.to.label for move in MOVES},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: the state that it says, its words, and the reasons among which one chooses first."""

    state: str
    label: str
    asks: bool = False
    may_ask: bool = False
    dated: bool = False
    reasons: tuple[Any, ...] = ()


def answers_to(state: str, speaker: Speaker) -> list[Answer]:
    """What `speaker` may say of a referral in `state`, with the words of the buttons."""
    return _answers(state, speaker, SAYS[speaker])


def quick_answers(state: str) -> list[Answer]:
    """What the team says of it in one tap."""
    return _answers(state, Speaker.TEAM, ONE_TAP)


def _answers(state: str, speaker: Speaker, words: dict[LoopState, Any]) -> list[Answer]:
    moves = {move.to: move for move in moves_from(state, speaker)}
    reasons = reasons_of(moves)
    return [_answer(moves[to], str(label), reasons.get(to, ())) for to, label in words.items() if to in moves]


def _answer(move: Move, label: str, reasons: tuple[Any, ...]) -> Answer:
    asks, may_ask = move.barrier is Asked.MUST, move.barrier is Asked.MAY
    return Answer(str(move.to), label, asks, may_ask, move.dated, reasons)


def _buttons(state: str) -> SafeString:
    return render_to_string("journal/loops/quick.html", {"answers": quick_answers(state)})


@dataclass(slots=True)
class Line:
    """One referral of the list."""

    referral: Referral
    today: date
    buttons: SafeString | str = ""

    @property
    def late_days(self) -> int:
        """Days since it was to be followed; 0 when it is not late."""
        due = self.referral.due_on
        return max(0, (self.today - due).days) if due else 0

    @property
    def is_due(self) -> bool:
        """Whether its day has come."""
        return self.referral.due_on is not None and self.referral.due_on <= self.today


class FollowUps:
    """The list as its address asks: mine or the team's, what waits or what was closed."""

    def __init__(self, request: HttpRequest) -> None:
        self.actor = request.user
        self.team = request.GET.get("qui") == "equipe"
        self.closed = request.GET.get("quoi") == "fermees"
        self.program = journal_program(request) if self.team else None
        self.number = request.GET.get("page")
        self.today = timezone.localdate()

    def _all(self) -> QuerySet[Referral]:
        seen = Referral.objects.visible_to(self.actor)
        if self.team:
            return seen.filter(entry__program=self.program)
        return seen.filter(entry__worker__user=self.actor)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are late, wait, and were closed."""
        waits = Q(due_on__isnull=False) & ~Q(state__in=CLOSED)
        return self._all().aggregate(
            late=Count("id", filter=waits & Q(due_on__lte=self.today)),
            waiting=Count("id", filter=waits),
            closed=Count("id", filter=Q(state__in=CLOSED)),
        )

    @cached_property
    def page(self) -> Page:
        """The lines of this page, the latest due first; closed ones, the last closed first."""
        found = self._all().select_related(
            "entry__site", "entry__mrc", "entry__worker", "destination", "need", "kind", "organization", "service"
        )
        if self.closed:
            rows = found.filter(state__in=CLOSED).order_by("-state_at", "-id")
        else:
            rows = found.followed().order_by("due_on", "id")
        rows = rows.defer("entry__note", "entry__search", "entry__note_search")
        paginator = Paginator(rows, SHOWN)
        paginator.count = self.counts["closed" if self.closed else "waiting"]  # type: ignore[misc]
        page = paginator.get_page(self.number)
        known: dict[str, SafeString | str] = {}
        lines = []
        for row in page.object_list:
            if row.state not in known:
                known[row.state] = "" if is_closed(row.state) else _buttons(row.state)
            lines.append(Line(row, self.today, known[row.state]))
        page.object_list = lines
        return page

    def done(self, uid: Any) -> Referral | None:
        """The referral of which something was just said, to be undone."""
        return self._all().select_related("destination", "organization", "service").filter(uid=uid).first()
