"""From the journal to a release that may be published: figures judged, protected together, audited, taken out."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.core.errors import Refused
from maillage.statistics.models import Release
from maillage.tables.disclosure import Pattern, TooLarge, Unprotectable, suppress

from . import refusals
from .calendar import words_of
from .editions import Edition
from .former import edition_of, periods_of, say_absent, tables_of
from .frozen import content_of, digest, freeze
from .hiding import without
from .judgement import COMPLEMENT, EARLIER, Policy
from .names import Cell, Figure, cells_of
from .state import Asked, State, read
from .system import Joint, join, problem, say, units_of


@dataclass(slots=True)
class Prepared:
    """What a draft is made of."""

    content: dict[str, Any]
    ledger: dict[str, Any]
    findings: dict[str, Any]
    phases: dict[str, float] = field(default_factory=dict)


def prepare(asked: Asked, policy: Policy, former: Sequence[Release], *, seconds: float = 5.0) -> Prepared:
    """The release as it would be published, hidden figures taken out.

    `former` are the public releases of the programme that share months with it, the newest first. `Refused` when
    there is nothing to publish, when something cannot be protected, or when it is too large.
    """
    began = time.perf_counter()
    state = state_of(asked, policy, former)
    if not any(portrait.entries for portrait in state.portraits):
        raise Refused(refusals.nothing())
    mark = truth(state)
    counted = time.perf_counter()
    joint, pattern = _protect(state, former, policy, seconds)
    protected = time.perf_counter()
    hidden = {figure for figure in state.edition.printed if pattern.hidden[joint.place(state.edition, figure)]}
    if len(hidden) == len(state.edition.printed):
        raise Refused(refusals.all_hidden())
    portraits = [without(portrait, hidden) for portrait in state.portraits]
    return Prepared(
        content=content_of(portraits),
        ledger=ledger_of(state, asked, former) | {"truth": mark},
        findings=_findings(state, hidden, pattern),
        phases={"count": counted - began, "protect": protected - counted, "print": time.perf_counter() - protected},
    )


def state_of(asked: Asked, policy: Policy, former: Sequence[Release]) -> State:
    """The journal as it stands, for the release and for all that earlier ones are about."""
    levels = {level for release in former for level in release.levels}
    tables = tables_of(former, asked.tables)
    return read(asked, policy, periods_of(former), levels, tables)


def _protect(state: State, former: Sequence[Release], policy: Policy, seconds: float) -> tuple[Joint, Pattern]:
    editions = [edition_of(release) for release in former]
    for release, edition in zip(former, editions, strict=True):
        say_absent(edition, release, state.edition)
        _guard_changes(state, edition, policy)
    joint = join([state.edition, *editions])
    for edition in editions:
        say(joint, edition)
    asked = problem(joint, state.edition)
    try:
        return joint, suppress(asked, seconds=seconds)
    except Unprotectable as trouble:
        names = list(joint.index)
        raise Refused(refusals.unprotectable([names[n][1] for n in trouble.figures], state)) from trouble
    except TooLarge as trouble:
        raise Refused(refusals.too_large(trouble.figures)) from trouble


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
    return digest({"portraits": plain, "wanted": wanted, "parts": state.areas.parts})


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
