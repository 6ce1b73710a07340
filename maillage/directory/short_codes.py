"""Short addresses of services: drawn by chance, never the same twice."""

from collections.abc import Sequence

from .models import Service
from .models.service import short_code

AT_ONCE = 500


def make_distinct(rows: Sequence[Service]) -> None:
    """Draw again, for services about to be written, each code that one of them or a written service bears.

    Of seven signs there are 17 billion: 5,000 new services beside 100,000 would meet one of theirs once in thirty times.
    """
    seen: set[str] = set()
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        while again := _taken(part, seen):
            for row in again:
                row.short_code = short_code()
        seen.update(row.short_code for row in part)


def _taken(rows: Sequence[Service], seen: set[str]) -> list[Service]:
    """Those whose code was seen, is that of a written service, or of one before them in the list."""
    codes = [row.short_code for row in rows]
    written = Service.objects.filter(short_code__in=codes).order_by().values_list("short_code", flat=True)
    taken, found = seen | set(written), []
    for row in rows:
        if row.short_code in taken:
            found.append(row)
        taken.add(row.short_code)
    return found
