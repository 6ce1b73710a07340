"""Answers from the facts themselves: tables fused in groupings, counted by an executor, read off the lines."""

from collections.abc import Sequence

from .crosstab import COUNT, Condition, Counts, CrossTab, OneOf
from .cube import FIRST, LAST, cell_dimensions
from .grouped import Grouped, group
from .histograms import Histogram, Lines, Planner
from .question import Executor, Grouping
from .schema import FactSchema


class Reader:
    """Puts questions to an executor."""

    def __init__(self, schema: FactSchema, planner: Planner, executor: Executor) -> None:
        self.schema = schema
        self.planner = planner
        self._executor = executor

    def answer(self, tabs: Sequence[CrossTab], where: Sequence[Condition]) -> dict[str, Counts]:
        """The figures of `tabs` from the facts themselves."""
        histograms = self.planner.plan(tabs)
        found = self._lines([self._grouping(histogram, where) for histogram in histograms])
        answers: dict[str, Counts] = {}
        for histogram, lines in zip(histograms, found, strict=True):
            answers |= {tab.id: self.planner.read(tab, lines) for tab in histogram.tabs}
        return answers

    def grouped(self, tabs: Sequence[CrossTab], where: Sequence[Condition], by: Sequence[str]) -> Grouped:
        """The figures of `tabs` for each group of facts that bear the same codes of `by` (single-valued dimensions)."""
        histograms = self.planner.plan(tabs)
        prefixes = ["fact_" if histogram.child else "" for histogram in histograms]
        columns = [[f"{prefix}{name}" for name in by] for prefix in prefixes]
        asked = [self._grouping(h, where, own) for h, own in zip(histograms, columns, strict=True)]
        parts = [(h.tabs, lines, p) for h, lines, p in zip(histograms, self._lines(asked), prefixes, strict=True)]
        return group(self.planner, by, parts)

    def extent(self, partition: int) -> Lines:
        """The cells of a partition: their facts, first and last days."""
        names = ", ".join(f'"{name}"' for name in cell_dimensions(self.schema))
        sql = (
            f'SELECT {names}, count(*) AS "{COUNT}", min(day) AS {FIRST}, max(day) AS {LAST} FROM facts '
            f'WHERE "{self.schema.order[0]}" = {partition} GROUP BY {names}'
        )
        return self._executor.run([sql])[0]

    def by_cell(self, histogram: Histogram, partition: int) -> Lines:
        """The histogram of each cell of a partition."""
        prefix = "fact_" if histogram.child else ""
        name = self.schema.order[0]
        only = OneOf(name, (self.planner.codes.of(name)[partition - 1],))
        cell = [f"{prefix}{name}" for name in cell_dimensions(self.schema)]
        return self._lines([self._grouping(histogram, [only], cell)])[0]

    def _grouping(self, histogram: Histogram, where: Sequence[Condition], by: Sequence[str] = ()) -> Grouping:
        columns = tuple(dict.fromkeys([*by, *self.planner.columns(histogram)]))
        return Grouping(histogram.child, columns, tuple(sorted(histogram.measures)), tuple(where))

    def _lines(self, groupings: Sequence[Grouping]) -> list[Lines]:
        dialect = self._executor.dialect
        return self._executor.run([g.sql(self.schema, self.planner.codes, dialect) for g in groupings])
