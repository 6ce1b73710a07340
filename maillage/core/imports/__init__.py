"""The frame of imports: columns matched to fields, a preview, errors line by line, then all or nothing."""

from .field import Field, Option
from .importer import Column, Examiner, Importer, Line, Problem, Reader, register_reader
from .registry import find, in_section, register

__all__ = [
    "Column",
    "Examiner",
    "Field",
    "Importer",
    "Line",
    "Option",
    "Problem",
    "Reader",
    "find",
    "in_section",
    "register",
    "register_reader",
]
