"""From which state to which a project and an application may pass, who may do it, and under what word: here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.errors import Refused

from .enums import ApplicationState, ProjectStage


class Actor(StrEnum):
    """Who makes something pass."""

    CARRIER = "carrier"  # those who carry the project
    MANAGER = "manager"  # those who manage the fund
    COMMITTEE = "committee"  # the decision of the committee, written by those who manage the fund


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: its code, where it may start, where it ends, the verb of its button, who makes it."""

    code: str
    start: frozenset[str]
    end: str
    verb: str | Promise
    by: Actor


class Machine:
    """The passages between the states of one kind of thing."""

    def __init__(self, *passages: Passage) -> None:
        self._passages: Mapping[str, Passage] = {passage.code: passage for passage in passages}

    def __getitem__(self, code: str) -> Passage:
        return self._passages[code]

    def __iter__(self) -> Any:
        return iter(self._passages.values())

    def open_from(self, state: str, *actors: Actor) -> list[Passage]:
        """The passages that start at `state`, those of `actors` only when some are given."""
        return [p for p in self if state in p.start and (not actors or p.by in actors)]

    def passed(self, code: str, state: str, states: type) -> str:
        """The state after the passage `code` from `state`. Raises `Refused` with a sentence when it does not start there."""
        passage = self._passages.get(code)
        if passage is None:
            raise Refused(_("Ce passage n'existe pas."))
        if state not in passage.start:
            raise Refused(
                _("« %(verb)s » ne se fait pas à partir de l'étape « %(state)s ».")
                % {"verb": passage.verb, "state": states(state).label}
            )
        return passage.end


def _p(code: str, start: tuple[str, ...], end: str, verb: Any, by: Actor) -> Passage:
    return Passage(code, frozenset(map(str, start)), str(end), verb, by)


_S, _A = ProjectStage, ApplicationState
_LIVING = (_S.IDEA, _S.SEEKING, _S.UNDER_WAY)

PROJECT = Machine(
    _p("seek", (_S.IDEA,), _S.SEEKING, gettext_lazy("Chercher des appuis"), Actor.CARRIER),
    _p("start", (_S.IDEA, _S.SEEKING), _S.UNDER_WAY, gettext_lazy("Mettre en marche"), Actor.CARRIER),
    _p("hand_over", (_S.UNDER_WAY,), _S.HANDED_OVER, gettext_lazy("Passer à d'autres"), Actor.CARRIER),
    _p("end", (*_LIVING, _S.HANDED_OVER), _S.ENDED, gettext_lazy("Terminer"), Actor.CARRIER),
    _p("reopen", (_S.HANDED_OVER, _S.ENDED), _S.UNDER_WAY, gettext_lazy("Reprendre"), Actor.CARRIER),
    _p("back", (_S.SEEKING,), _S.IDEA, gettext_lazy("Revenir à l'idée"), Actor.CARRIER),
)

APPLICATION = Machine(
    _p("submit", (_A.DRAFT, _A.RETURNED), _A.SUBMITTED, gettext_lazy("Déposer la demande"), Actor.CARRIER),
    _p("withdraw", (_A.DRAFT, _A.SUBMITTED, _A.RETURNED, _A.REVIEWED, _A.DEFERRED), _A.WITHDRAWN, gettext_lazy("Retirer la demande"), Actor.CARRIER),
    _p("return", (_A.SUBMITTED, _A.REVIEWED), _A.RETURNED, gettext_lazy("Demander des précisions"), Actor.MANAGER),
    _p("review", (_A.SUBMITTED, _A.DEFERRED), _A.REVIEWED, gettext_lazy("Remettre au comité"), Actor.MANAGER),
    _p("grant", (_A.REVIEWED,), _A.GRANTED, gettext_lazy("Accorder"), Actor.COMMITTEE),
    _p("refuse", (_A.REVIEWED,), _A.REFUSED, gettext_lazy("Refuser"), Actor.COMMITTEE),
    _p("defer", (_A.REVIEWED,), _A.DEFERRED, gettext_lazy("Reporter"), Actor.COMMITTEE),
    _p("agree", (_A.GRANTED,), _A.AGREED, gettext_lazy("Noter la signature de la lettre"), Actor.MANAGER),
    _p("report", (_A.AGREED,), _A.REPORTED, gettext_lazy("Déposer le rapport final"), Actor.CARRIER),
    _p("ask_again", (_A.REPORTED,), _A.AGREED, gettext_lazy("Redemander le rapport"), Actor.MANAGER),
    _p("close", (_A.REPORTED,), _A.CLOSED, gettext_lazy("Accepter le rapport et fermer"), Actor.MANAGER),
)  # fmt: skip
