"""The web that somebody reads: what was asked, the ties of the period and of the one before, measured and compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.directory.models import Organization

from .asked import Asked
from .comparison import Change, compare
from .measures import UNKNOWN, Measured, measure
from .sources import deeds_of
from .ties import Tie, at_least, touching, weave


@dataclass(frozen=True, slots=True)
class Named:
    """An organization as pages name it."""

    pk: int
    name: str
    short: str
    sector: str


@dataclass(frozen=True, slots=True)
class Web:
    """Both periods and what changed. `after` and `before` hold what the filters keep; `change` all ties of the sector."""

    asked: Asked
    organizations: dict[int, Named]
    after: Measured
    before: Measured
    change: Change

    @property
    def sectors(self) -> list[str]:
        """The sectors of what is shown in either period."""
        return sorted({standing.sector for web in (self.before, self.after) for standing in web.standings})


def web_of(asked: Asked) -> Web:
    """Read, weave, measure and compare: one query a source, and one for the names."""
    found = [weave(deeds) for deeds in deeds_of(asked.scope, (asked.before, asked.after), asked.kind)]
    organizations = names_of(found)
    sectors = {pk: named.sector for pk, named in organizations.items()}
    if asked.sector:
        chosen = {pk for pk, sector in sectors.items() if sector == asked.sector}
        found = [touching(ties, chosen) for ties in found]
    before, after = found
    shown = [measure(at_least(ties, asked.times), sectors) for ties in found]
    return Web(asked, organizations, shown[1], shown[0], compare(before, after, sectors))


def names_of(webs: Sequence[Sequence[Tie]]) -> dict[int, Named]:
    """The organizations of these ties, by number."""
    numbers = {end for ties in webs for tie in ties for end in tie.pair}
    rows = Organization.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "name", "short_name", "kind")
    return {pk: Named(pk, name, short or name, kind or UNKNOWN) for pk, name, short, kind in rows}
