"""The best groupings, by integer programming with HiGHS: most persons first, then least travel. Each part of the region that
nobody leaves is a programme of its own."""

import math
import time
from dataclasses import dataclass

import highspy
import numpy as np

from .answer import Answer, Grouping, groupings
from .greedy import greedy
from .question import Place, Question

SECONDS = 20.0  # for a whole question, unless told otherwise


def solve(question: Question, seconds: float = SECONDS) -> Answer:
    """Groupings that serve the most persons and, among those, make them travel the least. Never worse than `greedy`.

    Both are proven unless `seconds` (of clock) run out: then the answer holds the bounds reached so far.
    """
    end = time.monotonic() + seconds
    groups: list[Grouping] = []
    most_served = least_travel = 0
    for part in sorted(_parts(question), key=lambda part: len(part.places)):
        found = _solve_part(part, end)
        groups += found.groups
        most_served += found.most_served
        least_travel += found.least_travel
    return Answer(tuple(sorted(groups, key=lambda group: (-group.people, group.host))), most_served, least_travel)


def _parts(question: Question) -> list[Question]:
    """The question cut where nobody goes from one side to the other."""
    head = {place.key: place.key for place in question.places}

    def top(key: int) -> int:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for host, coming in question.reach.items():
        for key in coming:
            head[top(key)] = top(host)
    parts: dict[int, list[Place]] = {}
    for place in question.places:
        parts.setdefault(top(place.key), []).append(place)
    useful = [part for part in parts.values() if sum(place.interested for place in part) >= question.least]
    return [Question(tuple(part), question.least, question.most, question.limit, question.travel) for part in useful]


def _solve_part(question: Question, end: float) -> Answer:
    start = greedy(question)
    model = _Model(question)
    if not model.arcs:
        return Answer((), 0, 0)
    most_served, found = model.best(model.people, start, end)
    most_served = min(most_served, question.asked)
    served = max((answer for answer in (found, start) if answer), key=lambda answer: answer.served)
    least_travel, found = model.best(-model.travel, served, end, at_least=served.served)
    best = min((answer for answer in (found, served, start) if answer), key=lambda answer: answer.rank)
    least = 0 if served.served < most_served else max(0, -least_travel)
    return Answer(best.groups, max(best.served, most_served), min(best.travel, least))


@dataclass(slots=True)
class _Rows:
    """Rows of a programme, as HiGHS takes them."""

    low: list[float]
    high: list[float]
    starts: list[int]
    columns: list[int]
    numbers: list[float]

    def add(self, low: float, terms: dict[int, float], high: float) -> None:
        self.low.append(low)
        self.high.append(high)
        for column, number in terms.items():
            if number:
                self.columns.append(column)
                self.numbers.append(number)
        self.starts.append(len(self.columns))


class _Model:
    """A column for each place that may go to a host; a host that goes to itself is one that receives."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.arcs = [(key, host) for host, coming in question.reach.items() for key in coming]
        self.column = {arc: place for place, arc in enumerate(self.arcs)}
        self.people = np.array([question.by_key[key].interested for key, _host in self.arcs], dtype=float)
        self.travel = np.array([question.reach[host][key] for key, host in self.arcs], dtype=float)

    def best(self, gain: np.ndarray, start: Answer, end: float, at_least: int = 0) -> tuple[int, Answer | None]:
        """What `gain` can reach at most among answers that serve `at_least`, and the best answer found."""
        bound = math.inf
        highs = _solver(max(0.05, end - time.monotonic()))
        highs.passModel(self._programme(gain, at_least))
        given = highspy.HighsSolution()
        given.col_value = self._columns(start)
        highs.setSolution(given)
        highs.run()
        info = highs.getInfo()
        if math.isfinite(info.mip_dual_bound):
            bound = info.mip_dual_bound
        ceiling = float(np.maximum(gain, 0).sum())
        found = self._read(np.array(highs.getSolution().col_value))
        return math.floor(min(bound, ceiling) + 1e-6), found

    def _programme(self, gain: np.ndarray, at_least: int) -> highspy.HighsLp:
        rows = self._rows(at_least)
        model, size = highspy.HighsLp(), len(self.arcs)
        model.num_col_, model.num_row_ = size, len(rows.low)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_, model.col_lower_, model.col_upper_ = gain, np.zeros(size), np.ones(size)
        model.row_lower_, model.row_upper_ = np.array(rows.low), np.array(rows.high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = np.array(rows.starts), np.array(rows.columns)
        model.a_matrix_.value_ = np.array(rows.numbers)
        model.integrality_ = [highspy.HighsVarType.kInteger] * size
        return model

    def _rows(self, at_least: int) -> _Rows:
        rows, none = _Rows([], [], [0], [], []), -highspy.kHighsInf
        homes: dict[int, dict[int, float]] = {}
        for (key, _host), column in self.column.items():
            homes.setdefault(key, {})[column] = 1.0
        for ways in homes.values():
            rows.add(none, ways, 1.0)  # a place goes to one host at most
        for host, coming in self.question.reach.items():
            receives = self.column[host, host]
            people = {self.column[key, host]: float(self.question.by_key[key].interested) for key in coming}
            own = people[receives]
            rows.add(0.0, people | {receives: own - self.question.least}, highspy.kHighsInf)
            rows.add(none, people | {receives: own - self.question.most}, 0.0)
            for key in coming:
                if key != host:
                    rows.add(none, {self.column[key, host]: 1.0, receives: -1.0}, 0.0)
        if at_least:
            served = {column: float(number) for column, number in enumerate(self.people)}
            rows.add(float(at_least), served, highspy.kHighsInf)
        return rows

    def _columns(self, answer: Answer) -> list[float]:
        values = [0.0] * len(self.arcs)
        for group in answer.groups:
            for key in group.places:
                values[self.column[key, group.host]] = 1.0
        return values

    def _read(self, values: np.ndarray) -> Answer | None:
        """The answer that the columns say; None when they say none that holds."""
        hosts: dict[int, list[int]] = {}
        if len(values) != len(self.arcs) or not np.all(np.isfinite(values)):
            return None
        for (key, host), value in zip(self.arcs, values, strict=True):
            if value > 0.5:
                hosts.setdefault(host, []).append(key)
        placed = [key for keys in hosts.values() for key in keys]
        if len(placed) != len(set(placed)) or any(host not in keys for host, keys in hosts.items()):
            return None
        groups = groupings(self.question, hosts)
        if any(not self.question.least <= group.people <= self.question.most for group in groups):
            return None
        return Answer(groups, self.question.asked, 0)


def _solver(seconds: float) -> highspy.Highs:
    """HiGHS, silent, the same at each run; gains are whole, so a gap below one proves."""
    highs = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("parallel", "off"),
        ("time_limit", seconds),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.99),
    ):
        highs.setOptionValue(option, value)
    return highs
