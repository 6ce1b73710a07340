"""What an address asks of the web: programme, territory, sector, months, kind of tie, strength. Bad input is said, not obeyed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.directory.enums import OrganizationKind
from maillage.programs.models import Program

from .deeds import Period
from .scope import Place, Reach, Scope, narrow
from .sources import known

MOST_MONTHS = 120
TIMES = (1, 2, 3, 5, 10)
TABLES: dict[str, Any] = {
    "organisations": gettext_lazy("Organisations"),
    "liens": gettext_lazy("Liens"),
    "secteurs": gettext_lazy("Secteurs"),
    "nouveaux": gettext_lazy("Nouveaux liens"),
}
SORTS: dict[str, Any] = {
    "force": gettext_lazy("les plus liées"),
    "ponts": gettext_lazy("celles qui font le pont"),
    "secteurs": gettext_lazy("celles qui joignent le plus de secteurs"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, once read. `months` is the length of both periods; `after` ends with the month `end`."""

    reach: Reach
    program: Program | None
    place: Place | None
    sector: str
    kind: str
    times: int
    table: str
    sort: str
    after: Period
    before: Period
    months: int
    problems: list[str] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        """Whose deeds are read for it."""
        return narrow(self.reach, self.program.pk if self.program else None, self.place.pk if self.place else None)

    def query(self, **changes: str) -> str:
        """The address that asks the same, but for `changes`."""
        said = {
            "programme": self.program.slug if self.program else "",
            "territoire": str(self.place.pk) if self.place else "",
            "secteur": self.sector,
            "lien": self.kind,
            "fois": str(self.times) if self.times > 1 else "",
            "du": f"{self.after.start:%Y-%m}",
            "au": f"{self.after.end:%Y-%m}",
            "tableau": self.table,
            "tri": self.sort,
        } | changes
        return urlencode({name: value for name, value in said.items() if value})


def read(query: Mapping[str, str], reach: Reach, today: date | None = None) -> Asked:
    """What `query` asks of `reach`; the last twelve months and everything else when it says nothing."""
    problems: list[str] = []
    last = today or timezone.localdate()
    end = _month(query.get("au", ""), problems) or last.replace(day=1)
    start = _month(query.get("du", ""), problems) or _later(end, -11)
    if start > end:
        problems.append(_("Le premier mois suit le dernier : les deux ont été échangés."))
        start, end = end, start
    if _months(start, end) > MOST_MONTHS:
        start = _later(end, 1 - MOST_MONTHS)
        problems.append(_("La toile se lit sur dix ans au plus : la période a été raccourcie."))
    months = _months(start, end)
    slug, place = query.get("programme", ""), query.get("territoire", "")
    program = next((found for found in reach.programs.values() if found.slug == slug), None)
    chosen = next((found for found in reach.places() if str(found.pk) == place), None)
    if (slug and program is None) or (place and chosen is None):
        problems.append(
            _("Ce programme ou ce territoire n'est pas de ceux que vous voyez : le filtre n'est pas appliqué.")
        )
    times = query.get("fois", "")
    return Asked(
        reach=reach,
        program=program,
        place=chosen,
        sector=_one_of(query.get("secteur", ""), OrganizationKind.values),
        kind=_one_of(query.get("lien", ""), [source.kind for source in known()]),
        times=int(times) if times in map(str, TIMES) else 1,
        table=_one_of(query.get("tableau", ""), list(TABLES)) or "organisations",
        sort=_one_of(query.get("tri", ""), list(SORTS)) or "force",
        after=Period(start, _last_day(end)),
        before=Period(_later(start, -months), start - timedelta(days=1)),
        months=months,
        problems=list(dict.fromkeys(problems)),
    )


def without(asked: Asked) -> Asked:
    """The same period, with nothing narrowed."""
    return replace(asked, program=None, place=None, sector="", kind="", times=1)


def _one_of(value: str, known_values: Any) -> str:
    return value if value in known_values else ""


def _month(text: str, problems: list[str]) -> date | None:
    """« 2026-04 », or a day of it; None, and a sentence, for anything else."""
    if not text:
        return None
    try:
        year, month = (int(part) for part in text.split("-")[:2])
        found = date(year, month, 1)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        problems.append(
            _("« %(text)s » n'est pas un mois : écrivez l'année et le mois, comme 2026-04.") % {"text": text[:30]}
        )
        return None
    return found


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _later(month: date, by: int) -> date:
    year, rank = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, rank + 1, 1)


def _last_day(month: date) -> date:
    return _later(month, 1) - timedelta(days=1)
