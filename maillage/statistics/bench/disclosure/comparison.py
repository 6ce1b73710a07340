"""`maillage bench disclosure`: what is hidden, in what time, by the product and by others, on the same invented tables.

`--entries` limits the number of figures of the tables tried. Times are of the processor, so that a busy machine says the
same. τ-ARGUS gets a minute a table; where it does not finish, its best pattern stands and the row says so.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from maillage.core.benchmarks import Measure
from maillage.core.errors import Refused
from maillage.tables.disclosure import Pattern, Problem, suppress

from . import release
from .instances import alone, areas, hierarchy, linked, table
from .methods import Hidden, exposed, naive, tau_argus

T = TypeVar("T")
SMALL = (0.05, 0.15, 0.3)
SECONDS = 60.0
FAST_BAR = 100.0  # milliseconds
NEAR_BAR = 1.05  # times the optimum
WIDTHS = (12, 6, 4, 2)
GROUPS, LEAVES = 17, 104


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows. `Refused` when a pattern of the product exposes anybody."""
    rows: list[Measure] = []
    for name, problem in _tables(entries):
        say(name)
        rows += _compare(name, problem)
    whole, members = linked(areas(GROUPS, LEAVES, 1), WIDTHS, 1)
    if whole.size <= entries:
        say(_("Quatre tableaux liés"))
        rows += _linked(whole, members)
    say(_("Publication d'un portrait entier"))
    return rows + release.rows()


def _tables(most: int) -> Iterator[tuple[str, Problem]]:
    shapes: list[tuple[str, Callable[[float], Problem]]] = [
        ("10 × 10", lambda small: table(10, 10, small, 1)),
        ("30 × 20", lambda small: table(30, 20, small, 1)),
        ("17/104 × 6", lambda small: hierarchy(areas(GROUPS, LEAVES, 1), 6, small, 1)),
        ("17/104 × 24", lambda small: hierarchy(areas(GROUPS, LEAVES, 1), 24, small, 1)),
        ("100 × 40", lambda small: table(100, 40, small, 1)),
    ]
    for name, make in shapes:
        for small in SMALL:
            problem = make(small)
            if problem.size <= most:
                yield f"{name}, {small:.0%}", problem


def _compare(name: str, problem: Problem) -> list[Measure]:
    fast, fast_ms = _timed(lambda: suppress(problem, method="fast"))
    exact, exact_ms = _timed(lambda: suppress(problem, method="exact", seconds=SECONDS))
    (theirs, finished), tau_ms = _timed(lambda: tau_argus(problem))
    plain, plain_ms = _timed(lambda: naive(problem))
    for pattern in (fast, exact):
        _must_be_safe(problem, pattern)
    tau = "τ-ARGUS" if finished else _("τ-ARGUS, interrompu")
    best = exact.weight if exact.optimal else exact.bound
    label = _("optimum") if exact.optimal else _("borne")
    return [
        Measure(_("%(table)s : exact") % {"table": name}, exact_ms, "ms", tau, tau_ms),
        Measure(_("%(table)s : exact, poids") % {"table": name}, exact.weight, "", tau, _weight(problem, theirs)),
        Measure(_("%(table)s : exact, cases") % {"table": name}, _count(exact.hidden), "", tau, _count(theirs)),
        Measure(_("%(table)s : rapide") % {"table": name}, fast_ms, "ms", _("barre"), FAST_BAR),
        Measure(_("%(table)s : rapide, poids") % {"table": name}, fast.weight, "", label, best),
        Measure(_("%(table)s : rapide, cases") % {"table": name}, _count(fast.hidden), ""),
        Measure(_("%(table)s : naïf") % {"table": name}, plain_ms, "ms"),
        Measure(_("%(table)s : naïf, poids") % {"table": name}, _weight(problem, plain), "", label, best),
        Measure(_("%(table)s : naïf, exposées") % {"table": name}, exposed(problem, plain), ""),
        Measure(_("%(table)s : τ-ARGUS, exposées") % {"table": name}, exposed(problem, theirs), ""),
    ]


def _linked(whole: Problem, members: list[NDArray[np.int64]]) -> list[Measure]:
    """Protected together, then one by one: a total that one of the tables prints is known."""
    joint, joint_ms = _timed(lambda: suppress(whole, method="fast"))
    _must_be_safe(whole, joint)
    apart = np.ones(whole.size, dtype=bool)
    spent = 0.0
    for figures in members:
        own, milliseconds = _timed(partial(suppress, alone(whole, figures), seconds=SECONDS))
        apart[figures[~own.hidden]] = False
        spent += milliseconds
    name = _("quatre tableaux liés")
    one_by_one = _("un par un")
    return [
        Measure(_("%(table)s : rapide") % {"table": name}, joint_ms, "ms", one_by_one, spent),
        Measure(_("%(table)s : rapide, cases") % {"table": name}, _count(joint.hidden), "", one_by_one, _count(apart)),
        Measure(_("%(table)s : rapide, poids") % {"table": name}, joint.weight, "", one_by_one, _weight(whole, apart)),
        Measure(_("%(table)s : exposées") % {"table": name}, 0, "", one_by_one, exposed(whole, apart)),
    ]


def _must_be_safe(problem: Problem, pattern: Pattern) -> None:
    if exposed(problem, pattern.hidden):
        raise Refused(_("Un masquage du produit laisse deviner des chiffres."))


def _timed(what: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    made = what()
    return made, (time.process_time() - start) * 1000


def _count(hidden: Hidden) -> float:
    return float(np.count_nonzero(hidden))


def _weight(problem: Problem, hidden: Hidden) -> float:
    return float(problem.weights[hidden].sum())
