"""The one definition of what is asked of the facts, whoever counts: a grouping, and the SQL that says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .conditions import YEAR, Dialect, Tests
from .crosstab import COUNT, MONTH, Condition
from .encoding import Codes
from .histograms import Lines
from .schema import FactSchema

FACTS = "facts"  # the table of the facts themselves; child rows stand in tables of their own names


@dataclass(frozen=True, slots=True)
class Grouping:
    """Facts (or their `child` rows) that meet every condition, grouped by columns, counted, measures added up."""

    child: str | None
    by: tuple[str, ...]
    sums: tuple[str, ...]
    where: tuple[Condition, ...] = ()

    def sql(self, schema: FactSchema, codes: Codes, dialect: Dialect) -> str:
        """The statement, which differs from one executor to another by its dialect alone."""
        listed = ", ".join(dialect.name(column) for column in self.by)
        sums = "".join(f", CAST(sum({dialect.name(m)}) AS BIGINT) AS {dialect.name(m)}" for m in self.sums)
        tests = Tests(schema, codes, dialect, self.where).of(self.child)
        return (
            f"SELECT {listed}, count(*) AS {dialect.name(COUNT)}{sums} FROM {self._source(schema, dialect)}"
            f"{' WHERE ' + ' AND '.join(tests) if tests else ''} GROUP BY {listed}"
        )

    def _source(self, schema: FactSchema, dialect: Dialect) -> str:
        """The table that is counted; child rows take from their fact what they do not hold of it themselves."""
        table = dialect.name(self.child or FACTS)
        held = {f"fact_{name}" for name in (*schema.order, MONTH)}
        lacking = [name for name in self.by if self.child and name.startswith("fact_") and name not in held]
        if not lacking:
            return table
        taken = "".join(f", f.{dialect.name(n.removeprefix('fact_'))} AS {dialect.name(n)}" for n in lacking)
        same = [("key", "key")]
        if dialect.by_year:  # a fact and its child rows stand in the same partition
            same += [(schema.order[0], f"fact_{schema.order[0]}"), (YEAR, YEAR)]
        on = " AND ".join(f"f.{dialect.name(fact)} = c.{dialect.name(own)}" for fact, own in same)
        return f"(SELECT c.*{taken} FROM {table} c JOIN {dialect.name(FACTS)} f ON {on}) AS carried"


class Executor(Protocol):
    """Who counts. It holds tables named `facts` and as each kind of child, with the same columns and numbers."""

    dialect: Dialect

    def run(self, statements: Sequence[str]) -> list[Lines]:
        """What each statement answers, by column of 64-bit integers. All are of one state of the facts."""
