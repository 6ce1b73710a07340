"""What « Aujourd'hui » says to a person: their latest entries, their month, what waits for them."""

from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from maillage.concertation.models import Meeting
from maillage.core.typography import number
from maillage.directory.models import Organization
from maillage.directory.permissions import organizations_edited_by
from maillage.directory.queries import to_check
from maillage.journal.models import Entry
from maillage.journal.queries import (
    MonthFigures,
    devices_in_trouble,
    month_figures,
    recent_entries,
    to_settle_by,
)
from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Program
from maillage.programs.permissions import roles_in
from maillage.programs.queries import current_program
from maillage.statistics.enums import ExtractState

from .today_counts import waiting_in_numbers
from .today_groups import next_meetings, waiting_in_groups

QUIET_DAYS = 7  # a worker who wrote nothing for so long is reminded of it
# What waits in the journal: the sentence, the page, the verb on the button.
_FIELD = (
    (
        ngettext_lazy(
            "%(count)d référence attend que vous preniez des nouvelles.",
            "%(count)d références attendent que vous preniez des nouvelles.",
            "count",
        ),
        "journal:follow_ups",
        gettext_lazy("Suivre"),
    ),
    (
        ngettext_lazy(
            "%(count)d intervention existe en deux versions.",
            "%(count)d interventions existent en deux versions.",
            "count",
        ),
        "journal:to_settle",
        gettext_lazy("Concilier"),
    ),
    (
        ngettext_lazy(
            "%(count)d envoi d'un appareil est à corriger.", "%(count)d envois d'appareils sont à corriger.", "count"
        ),
        "journal:to_settle",
        gettext_lazy("Corriger"),
    ),
    (
        ngettext_lazy(
            "%(count)d envoi d'un appareil attend que la coordination le valide.",
            "%(count)d envois d'appareils attendent que la coordination les valide.",
            "count",
        ),
        "journal:to_settle",
        gettext_lazy("Valider"),
    ),
    (
        ngettext_lazy(
            "%(count)d appareil garde ou a perdu quelque chose depuis plus de 24 heures.",
            "%(count)d appareils gardent ou ont perdu quelque chose depuis plus de 24 heures.",
            "count",
        ),
        "journal:devices",
        gettext_lazy("Vérifier"),
    ),
)


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
    organizations: list[Organization] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


def today(request: HttpRequest) -> Today:
    """What the page shows, in at most seventeen queries."""
    program, actor = current_program(request), request.user
    day = _outside(actor) if program is None else _inside(actor, program)
    day.meetings = next_meetings(actor)
    elsewhere = [*waiting_in_numbers(actor), *waiting_in_groups(actor)]
    day.waiting = [Waiting(*line) for line in elsewhere] + day.waiting
    return day


def _inside(actor: Any, program: Program) -> Today:
    """The day of who is in a programme."""
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
    if day.writes:
        day.waiting += _field(actor)
    if roles & {Role.WORKER, Role.OUTREACH}:
        day.waiting += _quiet(day)
    if Role.COORDINATOR in roles or actor.is_administrator:
        day.waiting += _extracts(program) + _invitations(program) + _account(actor)
    return day


def _outside(actor: Any) -> Today:
    """The day of who is in no programme: the sheets of their organizations, when they keep some."""
    kept = organizations_edited_by(actor)
    if not kept:
        return Today(None, waiting=_account(actor))
    stale = to_check(actor, "perimees").count()
    text = ngettext("%(n)s fiche n'est plus confirmée.", "%(n)s fiches ne sont plus confirmées.", stale)
    line = Waiting(text % {"n": number(stale)}, reverse("directory:to_check"), _("Vérifier"))
    organizations = list(Organization.objects.filter(pk__in=kept).order_by("name", "id"))
    return Today(None, organizations=organizations, waiting=[line] * bool(stale) + _account(actor))


def _portrait_of(program: Program) -> str:
    try:
        return reverse("statistics:portrait", args=[program.slug])
    except NoReverseMatch:
        return ""


def _field(actor: Any) -> list[Waiting]:
    """Referrals to follow, what devices sent and somebody must settle, devices that lack or keep something for a day."""
    waits = to_settle_by(actor)
    counts = (waits.late, waits.siblings, waits.rejected, waits.held, devices_in_trouble(actor))
    return [
        Waiting(text % {"count": count}, reverse(name), str(verb))
        for count, (text, name, verb) in zip(counts, _FIELD, strict=True)
        if count
    ]


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
