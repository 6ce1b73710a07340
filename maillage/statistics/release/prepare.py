"""From the journal to a release that may be published: figures judged, protected together, audited, taken out."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils.translation import override

from maillage.core.errors import Refused
from maillage.statistics.models import Release
from maillage.tables.disclosure import Pattern, TooLarge, Unprotectable, suppress

from . import refusals
from .calendar import words_of
from .editions import Edition
from .former import edition_of, reach_of, say_absent, tables_of
from .frozen import content_of, digest, freeze, portraits
from .hiding import without
from .judgement import COMPLEMENT, EARLIER, Policy
from .names import Cell, Figure, cells_of
from .state import Asked, State, read
from .system import Joint, forget_what_is_known, join, possible, problem, say, units_of

ATTEMPTS = 3
SECONDS = 5.0  # that the search for the lightest pattern may take; a safe one is found long before


@dataclass(slots=True)
class Prepared:
    """What a draft is made of."""

    content: dict[str, Any]
    ledger: dict[str, Any]
    findings: dict[str, Any]
    phases: dict[str, float] = field(default_factory=dict)  # seconds of the processor


def prepare(asked: Asked, policy: Policy, former: Sequence[Release]) -> Prepared:
    """The release as it would be published, hidden figures taken out.

    `former` are the public releases of the programme that share months with it, the newest first. `Refused` when
    there is nothing to publish, when something cannot be protected, or when it is too large.
    """
    began = time.process_time()
    state = state_of(asked, policy, former)
    if not any(portrait.entries for portrait in state.portraits):
        raise Refused(refusals.nothing())
    mark = truth(state)
    counted = time.process_time()
    joint, pattern = _protect(state, former, policy)
    protected = time.process_time()
    hidden = {figure for figure in state.edition.printed if pattern.hidden[joint.place(state.edition, figure)]}
    if hidden and len(hidden) == len(state.edition.printed):
        raise Refused(refusals.all_hidden())
    return Prepared(
        content=content_of(without(portrait, hidden) for portrait in state.portraits),
        ledger=ledger_of(state, asked, former) | {"truth": mark},
        findings=_findings(state, hidden, pattern),
        phases={"count": counted - began, "protect": protected - counted, "print": time.process_time() - protected},
    )


def state_of(asked: Asked, policy: Policy, former: Sequence[Release]) -> State:
    """The journal as it stands, for the release and for all that earlier ones are about.

    Titles and labels are in the product's first language, whoever asks: they are frozen with the figures.
    """
    levels = {level for release in former for level in release.levels}
    tables = tables_of(former, asked.tables)
    with override(settings.LANGUAGE_CODE):
        return read(asked, policy, reach_of(former), levels, tables)


def _protect(state: State, former: Sequence[Release], policy: Policy) -> tuple[Joint, Pattern]:
    editions = [edition_of(release) for release in former]
    for release, edition in zip(former, editions, strict=True):
        say_absent(edition, release, state.edition.figures)
        _guard_changes(state, edition, policy)
    joint = join([state.edition, *editions])
    for edition in editions:
        say(joint, edition)
    for figure in forget_what_is_known(joint):
        state.edition.wanted.pop(figure, None)
        state.reasons.pop(figure, None)
    for attempt in range(ATTEMPTS):
        try:
            return joint, suppress(problem(joint, state.edition), seconds=SECONDS)
        except Unprotectable as trouble:
            if not _settle_for_what_is_known(joint, state, trouble.figures) or attempt == ATTEMPTS - 1:
                names = list(joint.index)
                raise Refused(refusals.unprotectable([names[n][1] for n in trouble.figures], state)) from trouble
        except TooLarge as trouble:
            raise Refused(refusals.too_large(trouble.figures)) from trouble
    raise AssertionError("unreachable")


def _settle_for_what_is_known(joint: Joint, state: State, figures: Sequence[int]) -> bool:
    """Ask no more of these figures than what earlier releases leave possible; False when they already leave that.

    A quarter within a published year is known to be no more than the year: nothing that is hidden now undoes it.
    """
    seen = [value if place in joint.shown else None for place, value in enumerate(joint.values)]
    names = list(joint.index)
    wanted = {place: joint.wanted[place] for place in figures if place in joint.wanted}
    found = possible(joint, seen, wanted)
    settled = False
    for place in found.exposed:
        (low, high), value = found.intervals[place], joint.values[place]
        lowest, highest = max(low, wanted[place][0]), min(high, wanted[place][1])
        if highest - lowest < 1:
            continue  # told already: this cannot be made safe
        joint.wanted[place] = min(lowest, value), max(highest, value)
        state.edition.wanted[names[place][1]] = joint.wanted[place]
        settled = True
    return settled


def _guard_changes(state: State, edition: Edition, policy: Policy) -> None:
    """A figure that was published and has since moved by one to four would tell what was written or erased."""
    now = state.edition
    for figure in edition.shown:
        value, before = now.figures.get(figure), edition.figures.get(figure)
        if value is None or before is None or not 0 < abs(value - before) < policy.threshold:
            continue
        low, high = now.wanted.get(figure, (value, value))
        now.wanted[figure] = min(low, max(0, before - policy.threshold)), max(high, before + policy.threshold)
        state.reasons[figure] = (*state.reasons.get(figure, ()), EARLIER)


def ledger_of(state: State, asked: Asked, former: Sequence[Release]) -> dict[str, Any]:
    """What later releases must know: true figures of this one, bounds that must stay possible, areas, forerunners."""
    own = words_of(asked.months)
    months = {words_of((month,)) for month in asked.months}
    figures = {
        str(figure): value
        for figure, value in state.edition.figures.items()
        if figure.months == own
        or (figure.months in months and figure in state.edition.printed)
        or (figure.months in months and figure.stat == "entries")
    }
    wanted = {str(figure): list(bounds) for figure, bounds in state.edition.wanted.items()}
    return {
        "figures": figures,
        "wanted": wanted,
        "parts": state.areas.parts,
        "earlier": [str(release.uid) for release in former],
    }


def truth(state: State) -> str:
    """A digest of all that the release was made from: words, figures, and what protection they ask."""
    plain = [freeze(portrait) | {"generated_at": ""} for portrait in state.portraits]
    wanted = sorted((str(figure), *bounds) for figure, bounds in state.edition.wanted.items())
    sensitive = sorted(state.sensitive)
    return digest({"portraits": plain, "wanted": wanted, "parts": state.areas.parts, "sensitive": sensitive})


def says(release: Release, state: State) -> bool:
    """Whether a release prints the journal's figures and nothing else, but for those it hides."""
    made = portraits(release)
    hidden = {figure for portrait in made for _, figure, value in cells_of(portrait) if value is None}
    exact = [without(replace(p, generated_at=made[0].generated_at), hidden) for p in state.portraits]
    return [freeze(portrait) for portrait in exact] == [
        freeze(replace(portrait, generated_at=made[0].generated_at)) for portrait in made
    ]


def _findings(state: State, hidden: set[Figure], pattern: Pattern) -> dict[str, Any]:
    reasons: dict[str, list[str]] = {}
    cells: dict[Figure, Cell] = {}
    for portrait in state.portraits:
        for cell, figure, _ in cells_of(portrait):
            cells.setdefault(figure, cell)
            if figure in hidden:
                reasons[str(cell)] = list(state.reasons.get(figure, (COMPLEMENT,)))
    lost, kept = _weights(state, hidden)
    return {
        "reasons": reasons,
        "hidden_weight": lost,
        "shown_weight": kept,
        "method": pattern.method,
        "optimal": pattern.optimal,
        "seconds": round(pattern.seconds, 3),
    }


def _weights(state: State, hidden: set[Figure]) -> tuple[float, float]:
    """What is hidden and what is shown, as values added up."""
    lost = kept = 0.0
    for figure in state.edition.printed:
        value = state.edition.figures.get(figure, 0.0) / units_of(figure)
        if figure in hidden:
            lost += value
        else:
            kept += value
    return round(lost, 2), round(kept, 2)
