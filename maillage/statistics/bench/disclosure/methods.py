"""Ways to hide beside the product's: the naive rule, and τ-ARGUS's optimal method; and who is exposed, by the audit."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maillage.tables.disclosure import FREE, UNSAFE, Problem, audit

Hidden = NDArray[np.bool_]


def naive(problem: Problem) -> Hidden:
    """Two hidden figures in each line where one is: the cheapest other one is added, until no line has one alone."""
    hidden = problem.status == UNSAFE
    lines = [np.array(list(relation.coefficients)) for relation in problem.relations]
    changed = True
    while changed:
        changed = False
        for line in lines:
            shown = line[~hidden[line] & (problem.status[line] == FREE)]
            if np.count_nonzero(hidden[line]) == 1 and len(shown):
                hidden[shown[np.argmin(problem.weights[shown])]] = True
                changed = True
    return hidden


def tau_argus(problem: Problem, *, minutes: int = 1) -> tuple[Hidden, bool]:
    """What τ-ARGUS's optimal method hides (`FullJJ`: not its modular HiTaS), and whether it finished in time.

    It reads the very same relations, weights, statuses, protections and bounds. It knows equalities only.
    """
    from pytauargus import HiTaSCtrl

    hidden = problem.status == UNSAFE
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "JJ.IN", Path(folder) / "JJ.OUT"
        given.write_text(_jj(problem))
        code = HiTaSCtrl().full_jj(str(given), str(answer), minutes, "", folder)
        if answer.exists():
            hidden[[int(line.split()[0]) for line in answer.read_text().splitlines() if line.strip()]] = True
    return hidden, code == 0


def _jj(problem: Problem) -> str:
    """A problem in τ-ARGUS's own format: cells, then equalities."""
    most = int(problem.values.max()) * 10
    lines = ["0", str(problem.size)]
    lines += [
        f"{n} {problem.values[n]:.0f} {problem.weights[n]:.0f} {'u' if problem.status[n] == UNSAFE else 's'} 0 {most} "
        f"{problem.below[n]:.0f} {problem.above[n]:.0f} 0"
        for n in range(problem.size)
    ]
    lines.append(str(len(problem.relations)))
    for relation in problem.relations:
        terms = " ".join(f"{figure} ({number:.0f})" for figure, number in relation.coefficients.items())
        lines.append(f"0 {len(relation.coefficients)} : {terms}")
    return "\n".join(lines) + "\n"


def exposed(problem: Problem, hidden: Hidden) -> int:
    """How many unsafe figures the audit finds exposed."""
    seen = [None if unknown else float(value) for value, unknown in zip(problem.values, hidden, strict=True)]
    wanted = {
        int(n): (float(problem.values[n] - problem.below[n]), float(problem.values[n] + problem.above[n]))
        for n in np.flatnonzero(problem.status == UNSAFE)
    }
    made = audit(seen, problem.relations, lowest=problem.lowest, highest=problem.highest, wanted=wanted, thorough=False)
    return len(made.exposed)
