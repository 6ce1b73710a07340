"""The cubes that a process keeps, one for each partition and list of tables, kept up with what changes."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from .crosstab import Condition, Counts, CrossTab
from .cube import Cell, Cube, build, can_hold, partition_of, patched
from .reader import Reader
from .schema import FactSchema

MOST = 12  # cubes kept: the ones asked last
MOST_NOTED = 4096  # changed cells remembered; a cube that is further behind is made anew
MOST_PATCHED = 64  # changed cells counted again one by one; more, and the cube is made anew


class Cubes:
    """Cubes of one process. `note` says which cells a change touched, in the order of steps."""

    def __init__(self, schema: FactSchema) -> None:
        self.schema = schema
        self._lock = threading.Lock()
        self._cubes: OrderedDict[tuple[int, int, tuple[CrossTab, ...]], Cube] = OrderedDict()
        self._noted: list[tuple[int, Cell]] = []
        self._since = 0  # all cells touched after this step are noted

    def clear(self) -> None:
        """Forget all: the facts were loaded anew."""
        with self._lock:
            self._cubes.clear()
            self._noted.clear()
            self._since = 0

    def note(self, step: int, cells: set[Cell]) -> None:
        """Cells (with their partition first) in which facts came or went at `step`."""
        with self._lock:
            self._noted += [(step, cell) for cell in cells]
            if len(self._noted) > MOST_NOTED:
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
            touched = {cell[1:] for at, cell in self._noted if cell[0] == number and cube and cube.step < at <= step}
        if cube is None or cube.step != step:
            cube = self._renewed(cube, reader, step, number, tabs, sorted(touched))
            with self._lock:
                self._cubes[key] = cube
                self._cubes.move_to_end(key)
                while len(self._cubes) > MOST:
                    self._cubes.popitem(last=False)
        return cube.answer(self.schema, reader.planner, where)

    def _renewed(
        self, cube: Cube | None, reader: Reader, step: int, number: int, tabs: Sequence[CrossTab], cells: list[Cell]
    ) -> Cube:
        if cube is not None and not cells:
            return replace(cube, step=step)
        if cube is not None and len(cells) <= MOST_PATCHED:
            part = self._built(reader, step, number, tabs, cells)
            renewed = patched(cube, self.schema, part, cells)
            if renewed is not None:
                return renewed
        return self._built(reader, step, number, tabs, None)

    def _built(
        self, reader: Reader, step: int, number: int, tabs: Sequence[CrossTab], cells: list[Cell] | None
    ) -> Cube:
        extent = reader.extent(number, cells)
        return build(
            self.schema, reader.planner, tabs, step, extent, lambda histogram: reader.by_cell(histogram, number, cells)
        )
