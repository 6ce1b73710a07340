"""Where and by whom: the site, the MRC and the worker of each entry to be."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.programs.models import Membership
from maillage.territories.enums import Clientele, Tenure
from maillage.territories.models import Division, HousingSite

from . import days
from .allotment import Wheel, share_out
from .figures import Figures
from .offices import Housing
from .team import HOURS, Team

TARGETED_INTENSITY = 2.0
"""In the six chosen sites, the intensity was doubled: published."""
TOWARDS_HOURS = 0.7
"""How far an MRC's share of entries follows its share of hours (1) rather than its dwellings (0)."""


@dataclass(slots=True)
class Scene:
    """The place and the worker of an entry. `site` is None outside housing. `time` goes from 0 to 1 over the period."""

    day: date
    time: float
    tenure: str
    site: HousingSite | None
    mrc: Division
    worker: Membership
    is_outreach: bool
    is_targeted: bool

    @property
    def has_families(self) -> bool:
        """Whether families live there."""
        return self.site is None or Clientele.FAMILIES in self.site.clienteles


class Places:
    """Draws the site of an entry by tenure: large ones, family ones and chosen ones more often."""

    def __init__(self, housing: Housing, mrcs: Sequence[Division], is_doubled: bool) -> None:
        self.targeted = {site.pk for site in housing.targeted} if is_doubled else set()
        self.wheels = {
            Tenure.OMH: self._wheel(housing.served),
            Tenure.OBNL: self._wheel(housing.nonprofits),
            Tenure.COOP: self._wheel(housing.cooperatives),
        }
        self.outside = Wheel({mrc: float(HOURS[mrc.code]) for mrc in mrcs})

    def _wheel(self, sites: Sequence[HousingSite]) -> Wheel:
        """Sites by weight, drawn towards the hours that their MRC has."""
        weights = {site: self._weight(site) for site in sites}
        totals: dict[Division, float] = {}
        for site, weight in weights.items():
            totals[site.mrc] = totals.get(site.mrc, 0.0) + weight
        drawn = {mrc: (float(HOURS[mrc.code]) / total) ** TOWARDS_HOURS for mrc, total in totals.items()}
        return Wheel({site: weight * drawn[site.mrc] for site, weight in weights.items()})

    def _weight(self, site: HousingSite) -> float:
        families = 1.7 if Clientele.FAMILIES in site.clienteles else 1.0
        return (site.units or 10) ** 0.7 * families * (TARGETED_INTENSITY if site.pk in self.targeted else 1.0)


class Workers:
    """Draws the worker of an entry among those of the MRC: some write more than others."""

    PACE = (1.0, 0.72, 0.55, 0.4)

    def __init__(self, team: Team) -> None:
        self.team = team
        self.wheels = {code: Wheel(dict(zip(found, self.PACE, strict=False))) for code, found in team.workers.items()}

    def pick(self, draw: random.Random, code: str, outreach_odds: float) -> tuple[Membership, bool]:
        """A worker of this MRC, and whether it is the outreach worker."""
        found = self.team.outreach.get(code)
        if found is not None and draw.random() < outreach_odds:
            return found, True
        if self.team.coordinator is not None and draw.random() < 0.012:
            return self.team.coordinator, False
        return self.wheels[code].turn(draw), False


def scenes(
    figures: Figures, housing: Housing, team: Team, mrcs: Sequence[Division], start: date, end: date
) -> list[Scene]:
    """The scenes of a journal, by day, with the exact shares of tenures."""
    draw = random.Random(figures.seed)
    calendar = days.of_entries(draw, figures.entries, start, end, figures.years)
    length = max(1, (end - start).days)
    times = [(day - start).days / length for day in calendar]
    # Non-profits and cooperatives come in little by little; the rest follows the offices.
    tenures = share_out(draw, figures.tenure, [{"obnl": 1.4 * time, "coop": 1.1 * time} for time in times])
    places, workers = Places(housing, mrcs, bool(team.outreach)), Workers(team)
    found = []
    for day, time, tenure in zip(calendar, times, tenures, strict=True):
        site = places.wheels[tenure].turn(draw) if tenure in places.wheels else None
        mrc = site.mrc if site else places.outside.turn(draw)
        targeted = bool(site and site.pk in places.targeted)
        odds = (0.62 if targeted else 0.7 if site is None else 0.3) * min(1.0, 0.45 + 1.6 * time)
        worker, is_outreach = workers.pick(draw, mrc.code, odds)
        found.append(Scene(day, time, tenure, site, mrc, worker, is_outreach, targeted))
    return found
