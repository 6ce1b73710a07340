"""The one definition of what is asked of the facts, whoever counts: a grouping, and the SQL that says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .conditions import Dialect, Tests
from .crosstab import COUNT, Condition
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
            f"SELECT {listed}, count(*) AS {dialect.name(COUNT)}{sums} FROM {dialect.name(self.child or FACTS)}"
            f"{' WHERE ' + ' AND '.join(tests) if tests else ''} GROUP BY {listed}"
        )


class Executor(Protocol):
    """Who counts. It holds tables named `facts` and as each kind of child, with the same columns and numbers."""

    dialect: Dialect

    def run(self, statements: Sequence[str]) -> list[Lines]:
        """What each statement answers, by column of 64-bit integers. All are of one state of the facts."""
