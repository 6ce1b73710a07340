"""Conditions in SQL. What enters it is declared names and numbers, never the words of a reader."""

from .crosstab import MONTH, AtLeast, Condition, Days, OneOf, month_number
from .encoding import EPOCH_DAY, Codes, mask_columns, split
from .schema import FactSchema


def to_sql(schema: FactSchema, codes: Codes, condition: Condition, child: str | None) -> str:
    """The condition as it is put to the table of facts, or to that of their child rows."""
    prefix = "fact_" if child else ""
    match condition:
        case Days(start, end):
            return f"{prefix}day BETWEEN {start.toordinal() - EPOCH_DAY} AND {end.toordinal() - EPOCH_DAY}"
        case AtLeast(measure, value) if not child:
            return f'"{measure}" >= {int(value)}'
        case OneOf(name, _) if not child or name in (*schema.order, MONTH):
            return _bears(schema, codes, condition, prefix)
    return f"key IN (SELECT key FROM facts WHERE {to_sql(schema, codes, condition, None)})"


def _bears(schema: FactSchema, codes: Codes, condition: OneOf, prefix: str) -> str:
    name = condition.dimension
    if "." in name:
        child, _, own = name.partition(".")
        return f'key IN (SELECT key FROM "{child}" WHERE {_within(own, condition, codes)})'
    if name != MONTH and schema.dimension(name).multiple:
        numbers = [n for n in (codes.number(name, code) for code in condition.codes) if n]
        words = zip(mask_columns(name, codes.words(name)), split(numbers), strict=False)
        return "(" + (" OR ".join(f'("{column}" & {bits}) <> 0' for column, bits in words if bits) or "FALSE") + ")"
    return _within(f"{prefix}{name}", condition, codes)


def _within(column: str, condition: OneOf, codes: Codes) -> str:
    listed = ", ".join(str(number) for number in numbers_of(condition, codes))
    return f'"{column}" IN ({listed})' if listed else "FALSE"


def numbers_of(condition: OneOf, codes: Codes) -> list[int]:
    """The numbers of the condition's codes that have one; months have theirs from the calendar."""
    if condition.dimension == MONTH:
        return [month_number(code) for code in condition.codes]
    found = [codes.number(condition.dimension, code) if code else 0 for code in condition.codes]
    return [number for number in found if number is not None]
