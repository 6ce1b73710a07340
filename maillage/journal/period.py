"""A programme's period may not leave out interventions that its journal holds (asked by `programs`)."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from maillage.programs.models import Program

from .models import Entry


def object_to_period(sender: Any, program: Program, start: date, end: date | None, **kwargs: Any) -> str | None:
    """A sentence when living entries would fall outside the new period; None when none would."""
    outside = Q(date__lt=start) if end is None else Q(date__lt=start) | Q(date__gt=end)
    count = Entry.objects.alive().filter(program=program).filter(outside).count()
    if not count:
        return None
    return ngettext(
        "%(count)d intervention du journal serait hors de cette période.",
        "%(count)d interventions du journal seraient hors de cette période.",
        count,
    ) % {"count": count}
