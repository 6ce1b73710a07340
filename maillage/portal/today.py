"""What « Aujourd'hui » says to a person: their latest entries, their month, what waits for them."""

from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import number
from maillage.journal.models import Entry
from maillage.journal.queries import MonthFigures, month_figures, recent_entries
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Program
from maillage.programs.permissions import roles_in
from maillage.programs.queries import current_program
from maillage.statistics.enums import ExtractState

QUIET_DAYS = 7  # a worker who wrote nothing for so long is reminded of it


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the person: a sentence, where to go, the verb on the button."""

    text: str
    href: str
    verb: str


@dataclass(slots=True)
class Today:
    """The person's day in their current programme."""

    program: Program | None
    writes: bool = False
    reads_journal: bool = False
    mine: bool = False
    entries: list[Entry] = field(default_factory=list)
    month: MonthFigures | None = None
    waiting: list[Waiting] = field(default_factory=list)
    portrait: str = ""


def today(request: HttpRequest) -> Today:
    """What the page shows, in at most ten queries."""
    program, actor = current_program(request), request.user
    if program is None:
        return Today(None, waiting=_account(actor))
    roles = roles_in(actor, program)
    day = Today(program, writes=bool(roles & frozenset(TEAM)))
    day.reads_journal = day.writes or actor.is_administrator
    day.portrait = _portrait_of(program)
    if day.reads_journal:
        day.entries = list(recent_entries(actor, program))
        day.mine = bool(day.entries)
        if day.mine:
            day.month = month_figures(actor, program)
        else:
            latest = Entry.objects.visible_to(actor).filter(program=program).select_related("site", "mrc")
            day.entries = list(latest.defer("note", "search", "note_search").order_by("-date", "-id")[:5])
    if roles & {Role.WORKER, Role.OUTREACH}:
        day.waiting += _quiet(day)
    if Role.COORDINATOR in roles or actor.is_administrator:
        day.waiting += _extracts(program) + _invitations(program) + _account(actor)
    return day


def _portrait_of(program: Program) -> str:
    try:
        return reverse("statistics:portrait", args=[program.slug])
    except NoReverseMatch:
        return ""


def _quiet(day: Today) -> list[Waiting]:
    program, now = day.program, timezone.localdate()
    if program is None or not program.covers(now):
        return []
    if day.mine and (now - day.entries[0].date).days < QUIET_DAYS:
        return []
    text = _("Rien d'inscrit à votre nom depuis sept jours. Un souvenir encore frais ?")
    return [Waiting(text, reverse("journal:new"), _("Inscrire"))]


def _invitations(program: Program) -> list[Waiting]:
    count = program.invitations.pending().count()
    if not count:
        return []
    text = ngettext(
        "%(count)s invitation attend encore sa réponse.", "%(count)s invitations attendent encore leur réponse.", count
    )
    return [Waiting(text % {"count": number(count)}, reverse("programs:people", args=[program.slug]), _("Voir"))]


def _extracts(program: Program) -> list[Waiting]:
    count = program.extracts.filter(state=ExtractState.ASKED).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s demande d'extrait attend la coordination.",
        "%(count)s demandes d'extrait attendent la coordination.",
        count,
    )
    return [Waiting(text % {"count": number(count)}, reverse("statistics:extracts", args=[program.slug]), _("Voir"))]


def _account(actor: Any) -> list[Waiting]:
    """Those who hold the most keep their account best: a second proof is asked of them, never imposed."""
    if not actor.is_authenticated or Authenticator.objects.filter(user=actor).exists():
        return []
    text = _("Votre compte ouvre beaucoup de portes : protégez-le par une deuxième preuve.")
    return [Waiting(text, reverse("mfa_index"), _("Protéger"))]
