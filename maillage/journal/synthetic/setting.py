"""What a synthetic journal draws from: the programme's own sites, workers and codes."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from maillage.core.errors import Refused
from maillage.programs.enums import Role, VocabularyKind
from maillage.programs.models import Membership, Program, ProgramSite, Term

MONTHS = np.array([0.9, 1.05, 1.15, 1.1, 1.1, 0.95, 0.55, 0.7, 1.2, 1.3, 1.25, 0.75])
WEEKDAYS = np.array([1.0, 1.15, 1.15, 1.1, 0.85, 0.06, 0.03])


@dataclass(frozen=True, slots=True)
class Pool:
    """Identifiers with the weight of each."""

    ids: NDArray[np.int64]
    weights: NDArray[np.float64]

    def draw(self, random: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Ranks (not identifiers) drawn by weight."""
        return np.searchsorted(np.cumsum(self.weights / self.weights.sum()), random.random(size)).clip(
            max=len(self.ids) - 1
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """A programme as a journal sees it. `site_mrc` and `site_tenure` go by rank of the site."""

    program: int
    days: NDArray[np.int64]
    day_weights: NDArray[np.float64]
    sites: Pool
    site_mrc: NDArray[np.int64]
    site_tenure: NDArray[np.str_]
    workers: Pool
    is_outreach: NDArray[np.bool_]
    terms: dict[str, Pool]
    needs_of: dict[str, Pool]
    destinations: list[str]


def _zipf(size: int, power: float) -> NDArray[np.float64]:
    weights: NDArray[np.float64] = 1 / np.arange(1, size + 1) ** power
    return weights


def read(program: Program) -> Setting:
    """The setting of `program`; `Refused`, with a sentence, when it has no site, worker or code to draw from."""
    sites = list(
        ProgramSite.objects.filter(program=program, is_served=True, site__mrc__isnull=False)
        .order_by("site__reference")
        .values_list("site_id", "site__mrc_id", "site__tenure", "is_targeted")
    )
    workers = list(
        Membership.objects.filter(program=program, role__in=(Role.WORKER, Role.OUTREACH))
        .order_by("id")
        .values_list("id", "role")
    )
    if not sites:
        raise Refused(_("Le programme n'a aucun milieu desservi qui soit dans une MRC."))
    if not workers:
        raise Refused(_("Le programme n'a aucun intervenant ni travailleur de proximité."))
    weights = _zipf(len(sites), 0.55) * np.where([targeted for *_rest, targeted in sites], 2.0, 1.0)
    weights *= np.array([{"omh": 1.0, "obnl": 0.5, "coop": 0.35}.get(tenure, 0.3) for _s, _m, tenure, _t in sites])
    days, day_weights = _days(program)
    terms, needs, destinations = _terms(program)
    return Setting(
        program=program.pk,
        days=days,
        day_weights=day_weights,
        sites=Pool(np.array([s[0] for s in sites]), weights),
        site_mrc=np.array([s[1] for s in sites]),
        site_tenure=np.array([s[2] for s in sites]),
        workers=Pool(np.array([w[0] for w in workers]), _zipf(len(workers), 0.7)),
        is_outreach=np.array([w[1] == Role.OUTREACH for w in workers]),
        terms=terms,
        needs_of=needs,
        destinations=destinations,
    )


def _days(program: Program) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Days of the programme and how busy each is: by month, by day of the week, and a little more each year."""
    last = program.end or max(date.today(), program.start)
    found = [program.start + timedelta(days=n) for n in range((last - program.start).days + 1)]
    growth = np.linspace(1.0, 1.25, len(found))
    weights = np.array([MONTHS[d.month - 1] * WEEKDAYS[d.weekday()] for d in found]) * growth
    return np.array([d.toordinal() for d in found]), weights


def _terms(program: Program) -> tuple[dict[str, Pool], dict[str, Pool], list[str]]:
    """Codes of each vocabulary that are not made of parts, the first ones more frequent; needs by destination."""
    frame = list(Term.objects.filter(frame_id=program.frame_id).order_by("vocabulary", "position", "id"))
    parents = {term.parent_id for term in frame if term.parent_id}
    leaves = [term for term in frame if term.pk not in parents]
    pools: dict[str, Pool] = {}
    for kind in VocabularyKind.values:
        found = [term.pk for term in leaves if term.vocabulary == kind]
        if not found:
            raise Refused(
                _("Le vocabulaire « %(kind)s » du programme est vide.") % {"kind": VocabularyKind(kind).label}
            )
        pools[kind] = Pool(np.array(found), _zipf(len(found), 0.75))
    needs = pools[VocabularyKind.NEED]
    back = Pool(needs.ids, needs.weights[::-1])
    middle = Pool(needs.ids, np.roll(needs.weights, len(needs.ids) // 3))
    codes = {term.pk: term.code for term in leaves}
    destinations = [codes[int(pk)] for pk in pools[VocabularyKind.DESTINATION].ids]
    return pools, {"health": needs, "community": middle, "": back}, destinations
