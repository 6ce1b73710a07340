"""Opening hours: whether it is open, until when, when it opens next, and the hours in words.

Hours are rules of RFC 5545 in the time of the place. Every function takes the lines of one place (`Schedule` rows or
`HoursLine`s). What cannot be told is None, never « closed ».
"""

from .moments import Opening, is_open, next_opening, open_until, opening_at
from .places import hours_at, hours_of
from .recurrence import Hours
from .words import clock, in_words, opening_in_words

__all__ = [
    "Hours",
    "Opening",
    "clock",
    "hours_at",
    "hours_of",
    "in_words",
    "is_open",
    "next_opening",
    "open_until",
    "opening_at",
    "opening_in_words",
]
