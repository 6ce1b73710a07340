"""Tables in files: read from whatever people have, written so that a spreadsheet opens them safely."""

from .answer import csv_answer
from .read import list_sheets, read_table
from .table import MAX_BYTES, MAX_ROWS, Row, Table, Unreadable
from .write import Sheet, guard, write_csv, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Row",
    "Sheet",
    "Table",
    "Unreadable",
    "csv_answer",
    "guard",
    "list_sheets",
    "read_table",
    "write_csv",
    "write_xlsx",
]
