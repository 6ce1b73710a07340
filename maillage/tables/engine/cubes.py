"""The cubes that a process keeps, one for each partition and list of tables, kept up with what changes."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .crosstab import COUNT, Condition, Counts, CrossTab
from .cube import Cube, added, build, can_hold, extent_of, partition_of
from .histograms import Histogram, Lines
from .question import FACTS
from .reader import Reader
from .schema import FactSchema

MOST = 12  # cubes kept: the ones asked last
MOST_NOTED = 5_000  # rows of changes remembered; a cube that is further behind is made anew

Rows = dict[str, Lines]  # facts and child rows, by the name of their table


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that went (`sign` −1) or came (1) at a step."""

    step: int
    sign: int
    rows: Rows

    def __len__(self) -> int:
        return sum(len(lines["key"]) for lines in self.rows.values())


class Cubes:
    """Cubes of one process. `note` says what each publication changed, in the order of steps."""

    def __init__(self, schema: FactSchema) -> None:
        self.schema = schema
        self._lock = threading.Lock()
        self._cubes: OrderedDict[tuple[int, int, tuple[CrossTab, ...]], Cube] = OrderedDict()
        self._noted: list[Change] = []
        self._since = 0  # all that changed after this step is noted

    def clear(self) -> None:
        """Forget all: the facts were loaded anew."""
        with self._lock:
            self._cubes.clear()
            self._noted.clear()
            self._since = 0

    def note(self, step: int, gone: Rows, new: Rows) -> None:
        """What `step` took away from the facts and put in them."""
        changes = [Change(step, -1, gone), Change(step, 1, new)]
        with self._lock:
            self._noted += [change for change in changes if len(change)]
            if sum(map(len, self._noted)) > MOST_NOTED:
                self._noted.clear()
                self._since = step

    def answer(
        self, reader: Reader, life: int, step: int, tabs: Sequence[CrossTab], where: Sequence[Condition]
    ) -> dict[str, Counts] | None:
        """The answer from whole cells; None when the question is not one of whole cells of one partition.

        `life` changes when the facts are loaded anew: steps of two lives are not compared.
        """
        code = partition_of(self.schema, where)
        number = None if code is None else reader.planner.codes.number(self.schema.order[0], code)
        if number is None or not can_hold(tabs):
            return None
        key = (life, number, tuple(tabs))
        with self._lock:
            cube = self._cubes.get(key)
            if cube is not None and not self._since <= cube.step <= step:
                cube = None
            changes = [change for change in self._noted if cube and cube.step < change.step <= step]
        if cube is None or cube.step != step:
            cube = self._renewed(cube, changes, reader, step, number, tabs)
            with self._lock:
                self._cubes[key] = cube
                self._cubes.move_to_end(key)
                while len(self._cubes) > MOST:
                    self._cubes.popitem(last=False)
        return cube.answer(self.schema, reader.planner, where)

    def _renewed(
        self,
        cube: Cube | None,
        changes: Sequence[Change],
        reader: Reader,
        step: int,
        number: int,
        tabs: Sequence[CrossTab],
    ) -> Cube:
        """The cube as of `step`: what changed is counted and added; the whole is, when there is no cube to add to."""
        for change in changes:
            if cube is not None:
                cube = self._changed(cube, change, reader, number, tabs)
        if cube is not None:
            return replace(cube, step=step)
        extent = reader.extent(number)
        return build(
            self.schema, reader.planner, tabs, step, extent, lambda histogram: reader.by_cell(histogram, number)
        )

    def _changed(
        self, cube: Cube, change: Change, reader: Reader, number: int, tabs: Sequence[CrossTab]
    ) -> Cube | None:
        rows = {table: _of_partition(self.schema, table, lines, number) for table, lines in change.rows.items()}
        if not len(rows[FACTS]["key"]):
            return cube
        empty = {name: column[:0] for name, column in cube.keys.items()}

        def lit(histogram: Histogram) -> Lines:
            table = histogram.child or FACTS
            return rows[table] if table in rows else self._nothing(histogram, reader, empty)

        part = build(self.schema, reader.planner, tabs, cube.step, extent_of(self.schema, rows[FACTS]), lit)
        return added(cube, self.schema, part, change.sign)

    def _nothing(self, histogram: Histogram, reader: Reader, empty: Lines) -> Lines:
        """The lines of child rows where there are none."""
        none = np.zeros(0, dtype=np.int64)
        names = [*reader.planner.columns(histogram), *histogram.measures, COUNT]
        return dict.fromkeys(names, none) | {f"fact_{name}": column for name, column in empty.items()}


def _of_partition(schema: FactSchema, table: str, lines: Lines, number: int) -> Lines:
    """The rows of one partition, each counting for one."""
    kept = lines[schema.order[0] if table == FACTS else f"fact_{schema.order[0]}"] == number
    return {name: column[kept] for name, column in lines.items()} | {COUNT: np.ones(int(kept.sum()), dtype=np.int64)}
