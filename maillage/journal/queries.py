"""Reads for pages of this floor and of higher ones."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Func, Prefetch, Q, QuerySet, Subquery, Sum
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from maillage.programs.enums import TEAM, Role
from maillage.programs.models import Membership, Program
from maillage.programs.queries import SWITCHED, current_program, switch_choices

from .enums import GAP_HOURS, OperationState
from .models import Device, Entry, EntryTerm, Referral, Sibling, SyncOperation
from .permissions import can_edit

RECENT = 60

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def journals_of(actor: Any) -> QuerySet[Program]:
    """Programmes whose journal `actor` reads: those whose team they are in; all for an administrator."""
    if not actor.is_authenticated:
        return Program.objects.none()
    if actor.is_administrator:
        return Program.objects.all()
    return Program.objects.filter(pk__in=Membership.objects.current().team().filter(user=actor).values("program"))


def journal_program(request: HttpRequest) -> Program | None:
    """The programme whose journal the page shows: the one in the address, else the current one, else the newest
    whose journal the person reads. None when the one asked for is not theirs to read, or when there is none."""
    everything, mine = request.user.is_administrator, team_programs(request)
    if slug := request.GET.get("programme") or request.POST.get("programme"):
        offered = (program for program in switch_choices(request) if program.slug == slug)
        found = next(offered, None) or Program.objects.filter(slug=slug).first()
        return found if found and (everything or found.pk in mine) else None
    current = current_program(request)
    if current and (everything or current.pk in mine):
        return current
    return Program.objects.filter(pk__in=mine).order_by("-start", "id").first() if mine else None


def team_programs(request: HttpRequest) -> frozenset[int]:
    """Programmes whose team the person is in, read once for a request."""
    if not hasattr(request, "_team_programs"):
        choices = switch_choices(request)
        if len(choices) < SWITCHED:  # they are all there: no other read
            mine = [program.pk for program in choices if program.in_team]
        else:
            teams = Membership.objects.current().team().filter(user=request.user.pk).order_by()
            mine = list(teams.values_list("program_id", flat=True))
        request._team_programs = frozenset(mine)
    return request._team_programs


def reads_a_journal(request: HttpRequest) -> bool:
    """Whether the menu shows the journal."""
    return request.user.is_authenticated and (request.user.is_administrator or bool(team_programs(request)))


def writes_a_journal(request: HttpRequest) -> bool:
    """Whether the menu shows the entry form."""
    return request.user.is_authenticated and bool(team_programs(request))


def entry_at(actor: Any, address: str) -> Entry | None:
    """The entry that the address of a page names, when `actor` reads it."""
    named = _UID.search(address)
    return Entry.objects.visible_to(actor).filter(uid=named.group()).first() if named else None


def with_details(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with all that a page says of them, in a fixed number of queries."""
    return entries.select_related(
        "program", "worker", "site", "site__municipality", "mrc", "contact_place", "collective_kind", "tenant_body"
    ).prefetch_related(
        Prefetch("entry_terms", EntryTerm.objects.select_related("term")),
        Prefetch(
            "referrals",
            Referral.objects.select_related("destination", "organization", "service__organization", "need", "kind"),
        ),
    )


@dataclass(slots=True)
class Habits:
    """What a worker wrote lately: what is proposed first. Counters go from the most used to the least."""

    last: Entry | None = None
    sites: list[int] = field(default_factory=list)
    terms: Counter[tuple[str, str]] = field(default_factory=Counter)

    def rank(self, vocabulary: str, code: str) -> int:
        """How often a code was chosen, as a sorting key: the most chosen first."""
        return -self.terms[vocabulary, code]


def habits_of(worker: Membership) -> Habits:
    """Habits seen in the worker's latest entries (three queries)."""
    latest = list(
        Entry.objects.alive()
        .filter(worker=worker)
        .select_related("contact_place", "collective_kind")
        .defer("note", "search", "note_search")
        .order_by("-date", "-id")[:RECENT]
    )
    if not latest:
        return Habits()
    links = EntryTerm.objects.filter(entry__in=[entry.pk for entry in latest]).order_by()
    terms = Counter(
        {(v, c): n for v, c, n in links.values_list("term__vocabulary", "term__code").annotate(Count("id"))}
    )
    terms.update(("contact_place", e.contact_place.code) for e in latest if e.contact_place)
    terms.update(("collective_kind", e.collective_kind.code) for e in latest if e.collective_kind)
    sites = Counter(entry.site_id for entry in latest if entry.site_id)
    return Habits(latest[0], [site for site, _count in sites.most_common(6)], terms)


def recent_entries(actor: Any, program: Program, limit: int = 5) -> Sequence[Entry]:
    """The latest entries that `actor` wrote in `program`, for the home page (two queries).

    Who they are in the team is asked first: the index of their own entries serves, however many others there are.
    """
    members = list(Membership.objects.filter(program=program, user=actor).order_by("id").values_list("pk", flat=True))
    mine = Entry.objects.visible_to(actor).filter(program=program, worker__in=members)
    return list(
        mine.select_related("site", "mrc").defer("note", "search", "note_search").order_by("-date", "-id")[:limit]
    )


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What `actor` wrote in the month of `first`: entries, persons reached, minutes, persons referred."""

    first: date
    entries: int
    persons: int
    minutes: int
    referred: int


def month_figures(actor: Any, program: Program, day: date | None = None) -> MonthFigures:
    """Figures of the month of `day` (today by default; the programme's last day once it ended) for the home page."""
    day = day or timezone.localdate()
    if program.end and day > program.end:
        day = program.end
    first = day.replace(day=1)
    mine = Entry.objects.visible_to(actor).filter(program=program, worker__user=actor, date__gte=first, date__lte=day)
    found = mine.order_by().aggregate(
        entries=Count("id"), persons=Sum("persons"), minutes=Sum("minutes"), referred=Sum("persons_referred")
    )
    return MonthFigures(first, *(found[name] or 0 for name in ("entries", "persons", "minutes", "referred")))


def known_import_keys(program: Program, keys: Iterable[str]) -> set[str]:
    """Which of these import keys the programme's journal already holds, deleted entries included."""
    wanted = set(keys)
    held = program.entries.exclude(import_key="").order_by().values_list("import_key", flat=True)
    return {key for key in held.iterator() if key in wanted}


def team_of(program: Program) -> QuerySet[Membership]:
    """Those who wrote or write in the journal, by name."""
    return program.memberships.filter(role__in=TEAM).order_by("label", "id")


def deleted_entry(actor: Any, uid: Any) -> Entry:
    """The trace of an entry that `actor` could correct; `Http404` for anybody else and for a living entry."""
    readable = journals_of(actor)
    found = get_object_or_404(
        with_details(Entry.objects.exclude(deleted_at=None).filter(program__in=readable)), uid=uid
    )
    if not can_edit(actor, found):
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class ToSettle:
    """How much waits for a person: versions to compare, what rules refused, what the coordination must validate, and
    their referrals of which it is time to ask what came."""

    siblings: int = 0
    rejected: int = 0
    held: int = 0
    late: int = 0


def to_settle_by(actor: Any) -> ToSettle:
    """What waits for `actor` to settle: their own, and their teams' for whoever coordinates (two queries)."""
    if not actor.is_authenticated:
        return ToSettle()
    coordinated = Membership.objects.current().filter(user=actor, role=Role.COORDINATOR).values("program")
    sent = SyncOperation.objects.visible_to(actor).order_by()
    held = Q(state=OperationState.HELD, program__in=coordinated)
    counts = sent.to_settle().aggregate(
        rejected=Count("id", filter=Q(state=OperationState.REJECTED)), held=Count("id", filter=held)
    )
    late = Referral.objects.late().visible_to(actor).filter(entry__worker__user=actor)
    both = (
        Membership.objects.filter(user=actor)
        .order_by("id")
        .values_list(_count_of(Sibling.objects.visible_to(actor).waiting()), _count_of(late))
    )
    siblings, waiting = both.first() or (0, 0)
    return ToSettle(siblings, counts["rejected"], counts["held"], waiting)


def _count_of(found: QuerySet[Any]) -> Subquery:
    """How many rows, inside another query."""
    return Subquery(found.order_by().annotate(number=Func("pk", function="COUNT")).values("number"))


def devices_in_trouble(actor: Any) -> int:
    """How many devices of `actor`, or of the teams they coordinate, have a hole or something unsent for a day."""
    limit = timezone.now() - timedelta(hours=GAP_HOURS)
    late = Q(gap_since__lt=limit, highest__gt=F("contiguous")) | Q(oldest_at__lt=limit, waiting__gt=0)
    return Device.objects.visible_to(actor).filter(late, revoked_at=None).count()
