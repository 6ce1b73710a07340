"""What is asked of the board: a programme, a period, a need, a territory, a kind; it all stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.typography import day
from maillage.journal.context import DraftContext
from maillage.journal.filters import Applied
from maillage.journal.models import Referral
from maillage.journal.queries import team_programs
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Program, Term
from maillage.programs.queries import current_program, switch_choices
from maillage.territories.models import Division

from .kinds import UnmetKind, unmet_referrals

NOWHERE = "-"  # in the address: without need, without territory


def board_program(request: HttpRequest) -> tuple[Program | None, bool]:
    """The programme of the board and whether its figures are exact: for its team and administrators.

    Members of other roles read protected figures; for others there is no board.
    """
    program = current_program(request)
    if slug := request.GET.get("programme") or request.POST.get("programme"):
        program = next((one for one in switch_choices(request) if one.slug == slug), None)
        program = program or Program.objects.visible_to(request.user).filter(slug=slug).first()
    exact = program is not None and (request.user.is_administrator or program.pk in team_programs(request))
    return program, exact


def belongs_to_a_program(request: HttpRequest) -> bool:
    """Whether the menu shows the board: to whoever belongs to a programme, whatever the role."""
    return request.user.is_authenticated and current_program(request) is not None


@dataclass
class UnmetAsked:
    """The filters of one request. Without `exact`, the period is the whole programme or one of its finished years."""

    program: Program
    data: Mapping[str, str]
    exact: bool
    today: date = field(default_factory=timezone.localdate)
    problems: list[str] = field(default_factory=list)

    @cached_property
    def context(self) -> DraftContext:
        """The codes and territories of the programme."""
        return DraftContext(self.program)

    @cached_property
    def needs(self) -> dict[str, Term]:
        """Needs of the programme's frame, by code."""
        return {term.code: term for term in self.context.vocabularies.get(str(VocabularyKind.NEED), [])}

    @cached_property
    def mrcs(self) -> dict[str, Division]:
        """MRC of the programme's territory, by code."""
        return {division.code: division for division in self.context.mrcs.values()}

    @property
    def whole(self) -> tuple[date, date]:
        """From the programme's first day to its last, or today."""
        end = min(self.program.end or self.today, self.today)
        return self.program.start, max(end, self.program.start)

    @property
    def years(self) -> list[int]:
        """Years of the programme that are finished: those that anybody may ask for."""
        start, end = self.whole
        over = self.program.end is not None and self.program.end < self.today
        last = end.year if over or end == date(end.year, 12, 31) else end.year - 1
        return list(range(start.year, last + 1))

    @cached_property
    def period(self) -> tuple[date, date]:
        """The days asked for, both included."""
        start, end = self.whole
        year = self._said("annee")
        if year in map(str, self.years):
            return max(start, date(int(year), 1, 1)), min(end, date(int(year), 12, 31))
        if year:
            self._problem(year)
        if not self.exact:
            return start, end
        start, end = self._day("du") or start, self._day("au") or end
        if start > end:
            self.problems.append(_("Le début de la période vient après sa fin : aucune référence ne peut s'y trouver."))
        return start, end

    @cached_property
    def need(self) -> str:
        """The code of the need asked for, `NOWHERE` for none written, "" for all."""
        return self._known("besoin", {*self.needs, NOWHERE} if self.exact else {*self.needs})

    @cached_property
    def mrc(self) -> str:
        """The code of the territory asked for, `NOWHERE`, or ""."""
        return self._known("mrc", {*self.mrcs, NOWHERE} if self.exact else {*self.mrcs})

    @cached_property
    def kind(self) -> str:
        """The kind asked for, or ""."""
        return self._known("quoi", set(UnmetKind.values))

    def referrals(self) -> QuerySet[Referral]:
        """The referrals without answer that are asked for."""
        start, end = self.period
        found = unmet_referrals(self.program).filter(entry__date__gte=start, entry__date__lte=end)
        if self.need:
            found = found.filter(need=None if self.need == NOWHERE else self.needs[self.need])
        if self.mrc:
            found = found.filter(entry__mrc=None if self.mrc == NOWHERE else self.mrcs[self.mrc])
        return found.filter(unmet=self.kind) if self.kind else found

    def applied(self) -> list[Applied]:
        """Filters in force, each with the address without it."""
        found: list[Applied] = []
        if self.period != self.whole:
            start, end = (day(bound) for bound in self.period)
            said = _("du %(start)s au %(end)s") % {"start": start, "end": end}
            found.append(Applied(_("Période"), said, self.address(annee="", du="", au="")))
        if self.need:
            found.append(Applied(_("Besoin"), need_name(self.needs.get(self.need)), self.address(besoin="")))
        if self.mrc:
            found.append(Applied(_("Territoire"), place_name(self.mrcs.get(self.mrc)), self.address(mrc="")))
        if self.kind:
            found.append(Applied(_("Réponse"), UnmetKind(self.kind).label, self.address(quoi="")))
        return found

    def address(self, **changes: str) -> str:
        """The query string of these filters with some set, or taken off by ""."""
        kept = {"programme": self.program.slug} | self.typed | changes
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    @property
    def typed(self) -> dict[str, str]:
        """What the address says of each filter."""
        return {name: self._said(name) for name in ("annee", "du", "au", "besoin", "mrc", "quoi")}

    def _said(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()[:80]

    def _known(self, name: str, values: set[str]) -> str:
        said = self._said(name)
        if said and said not in values:
            self._problem(said)
            return ""
        return said

    def _day(self, name: str) -> date | None:
        said = self._said(name)
        if not said:
            return None
        try:
            return date.fromisoformat(said)
        except ValueError:
            self._problem(said)
            return None

    def _problem(self, said: str) -> None:
        self.problems.append(_("« %s » n'est pas un choix de cette page : ce filtre est laissé de côté.") % said)


def need_name(term: Term | None) -> Any:
    """How a need is called, or that none was written."""
    return term.label if term else _("Besoin non précisé")


def place_name(division: Division | None) -> Any:
    """How a territory is called, or that none was written."""
    return division.name if division else _("Territoire non précisé")
