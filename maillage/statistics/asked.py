"""What the address of a portrait asks: period, territory, comparison, and for the team the journal's own filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from maillage.core.errors import Refused
from maillage.programs.models import Program

from . import periods
from .filters import NAMES, REFERRED, SITE, whole_end

PASSED = (*NAMES, SITE, REFERRED)
FILTER_LABELS = {
    "nature": _lazy("Nature"),
    "tenure": _lazy("Mode d'occupation"),
    "intervenant": _lazy("Intervenant·e"),
    "collectif": _lazy("Type d'action collective"),
    "lieu": _lazy("Lieu du contact"),
    "action": _lazy("Action"),
    "theme": _lazy("Thème"),
    "groupe": _lazy("Groupe rejoint"),
    "axe": _lazy("Axe de service"),
    "succes": _lazy("Petit succès"),
    "besoin": _lazy("Besoin"),
    "destination": _lazy("Destination des références"),
    SITE: _lazy("Milieu"),
    REFERRED: _lazy("Personnes référées"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its address tells it. Dates are None for the whole programme.

    `is_choosing_dates` says that the form must now show two dates, none of which was given yet.
    """

    program: Program
    start: date | None = None
    end: date | None = None
    territory: str = ""
    compare: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_choosing_dates: bool = False

    @property
    def whole(self) -> tuple[date, date]:
        """First and last day of the programme, today while it goes on."""
        return self.program.start, whole_end(self.program)

    @property
    def bounds(self) -> tuple[date, date]:
        """First and last day asked."""
        return self.start or self.whole[0], self.end or self.whole[1]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The journal's filters, as pairs."""
        return tuple((name, value) for name, values in self.filters.items() for value in values)

    def as_arguments(self) -> dict[str, Any]:
        """The question as `queries.portrait` takes it."""
        return {
            "program": self.program,
            "start": self.start,
            "end": self.end,
            "territory": self.territory,
            "filters": self.filters,
        }

    def query(self, *, without: str = "", file: bool = False) -> str:
        """The one address of this question, after `?`; `without` leaves a filter out, `file` what files do not say."""
        words = [("du", self.start.isoformat() if self.start else ""), ("au", self.end.isoformat() if self.end else "")]
        words += [("mrc", self.territory), ("comparer", "oui" if self.compare and not file else ""), *self.pairs]
        return urlencode([(name, value) for name, value in words if value and name != without])


def read(data: QueryDict, program: Program) -> Asked:
    """The question in the address; `Refused`, with a sentence, for what is no date, no year or no code."""
    start, end = _days(data, program)
    filters = {
        name: tuple(value for value in dict.fromkeys(data.getlist(name)) if value) for name in PASSED if name in data
    }
    return Asked(
        program=program,
        start=start,
        end=end,
        territory=data.get("mrc", "").strip(),
        compare=data.get("comparer") == "oui",
        filters={name: values for name, values in filters.items() if values},
        is_choosing_dates=data.get("annee") == "dates" and not (data.get("du") or data.get("au")),
    )


def _days(data: QueryDict, program: Program) -> tuple[date | None, date | None]:
    year = data.get("annee", "dates").strip()
    if year == "tout":
        return None, None
    if year != "dates":
        start: date | None
        end: date | None
        try:
            start, end = periods.bounds_of(int(year), data.get("partie", ""))
        except ValueError:
            raise Refused(
                _("« %s » n'est pas une année ou une partie d'année : choisissez dans la liste.") % year
            ) from None
    else:
        start, end = (_day(data, name) for name in ("du", "au"))
    whole = program.start, whole_end(program)
    if start and end and start <= end:
        start, end = _within(start, end, whole)
    return (None, None) if (start, end) == whole else (start, end)


def _within(start: date, end: date, whole: tuple[date, date]) -> tuple[date, date]:
    """A period that overflows the programme, cut to it; one that lies outside is left as it is."""
    if end < whole[0] or start > whole[1]:
        return start, end
    return max(start, whole[0]), min(end, whole[1])


def _day(data: QueryDict, name: str) -> date | None:
    given = data.get(name, "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refused(_("« %s » n'est pas une date : écrivez-la AAAA-MM-JJ.") % given) from None
