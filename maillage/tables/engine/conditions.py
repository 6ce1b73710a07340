"""Conditions in SQL. What enters it is declared names and numbers, never the words of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from .crosstab import MONTH, AtLeast, Condition, Days, OneOf, month_number
from .encoding import EPOCH_DAY, Codes, mask_columns, split
from .schema import FactSchema

YEAR = "year"  # the column by which rows are kept apart where an executor's dialect says so


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an executor's SQL has of its own: the sign around names, and whether its rows are kept apart by year.

    Where they are, a condition on days also says which years, and a question inside another is narrowed as the outer
    one is, so that files of other years and partitions are not opened.
    """

    quote: str = '"'
    by_year: bool = False

    def name(self, column: str) -> str:
        """The name of a column or table."""
        return f"{self.quote}{column}{self.quote}"


@dataclass(frozen=True, slots=True)
class Tests:
    """The conditions `where` as they are put to the table of facts, or to those of their child rows."""

    schema: FactSchema
    codes: Codes
    dialect: Dialect
    where: Sequence[Condition]

    def of(self, child: str | None) -> list[str]:
        """One test for each condition."""
        return [self._one(condition, child) for condition in self.where]

    def _one(self, condition: Condition, child: str | None) -> str:
        prefix = "fact_" if child else ""
        match condition:
            case Days(start, end):
                days = f"{prefix}day BETWEEN {start.toordinal() - EPOCH_DAY} AND {end.toordinal() - EPOCH_DAY}"
                return days + self._years(range(start.year, end.year + 1))
            case AtLeast(measure, value) if not child:
                return f"{self.dialect.name(measure)} >= {int(value)}"
            case OneOf(name, _) if not child or "." in name or name in (*self.schema.order, MONTH):
                return self._bears(condition, prefix)
        return f"key IN (SELECT key FROM facts WHERE {self._one(condition, None)}{self._around(None)})"

    def _bears(self, condition: OneOf, prefix: str) -> str:
        name = condition.dimension
        if "." in name:
            child, _, own = name.partition(".")
            within = self._within(own, condition) + self._around(child)
            return f"key IN (SELECT key FROM {self.dialect.name(child)} WHERE {within})"
        if name != MONTH and self.schema.dimension(name).multiple:
            numbers = [n for n in (self.codes.number(name, code) for code in condition.codes) if n]
            words = zip(mask_columns(name, self.codes.words(name)), split(numbers), strict=False)
            tests = [f"({self.dialect.name(column)} & {bits}) <> 0" for column, bits in words if bits]
            return f"({' OR '.join(tests) or 'FALSE'})"
        test = self._within(f"{prefix}{name}", condition)
        years = sorted({int(code[:4]) for code in condition.codes}) if name == MONTH else []
        return test + (self._years(years) if years else "")

    def _within(self, column: str, condition: OneOf) -> str:
        listed = ", ".join(str(number) for number in numbers_of(condition, self.codes))
        return f"{self.dialect.name(column)} IN ({listed})" if listed else "FALSE"

    def _years(self, years: Sequence[int]) -> str:
        if not self.dialect.by_year:
            return ""
        return f" AND {self.dialect.name(YEAR)} BETWEEN {min(years)} AND {max(years)}"

    def _around(self, child: str | None) -> str:
        """What the outer question says of partitions, days and months, again."""
        if not self.dialect.by_year:
            return ""
        names = (*self.schema.order, MONTH)
        said = [c for c in self.where if isinstance(c, Days) or (isinstance(c, OneOf) and c.dimension in names)]
        return "".join(f" AND {self._one(condition, child)}" for condition in said)


def numbers_of(condition: OneOf, codes: Codes) -> list[int]:
    """The numbers of the condition's codes that have one; months have theirs from the calendar."""
    if condition.dimension == MONTH:
        return [month_number(code) for code in condition.codes]
    found = [codes.number(condition.dimension, code) if code else 0 for code in condition.codes]
    return [number for number in found if number is not None]
