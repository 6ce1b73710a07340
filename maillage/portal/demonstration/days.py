"""Days on which people wrote: weekdays mostly, fewer in July and over the holidays, more from year to year."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

MONTHS = (0.92, 1.02, 1.12, 1.08, 1.12, 0.98, 0.58, 0.72, 1.1, 1.2, 1.16, 0.74)
WEEKDAYS = (1.0, 1.16, 1.2, 1.12, 0.78, 0.1, 0.05)


def of_entries(draw: random.Random, count: int, start: date, end: date, years: Sequence[float]) -> list[date]:
    """`count` days from `start` to `end`, in order; `years` weighs each calendar year of the period."""
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    weights = [
        years[min(day.year - start.year, len(years) - 1)]
        * MONTHS[day.month - 1]
        * WEEKDAYS[day.weekday()]
        * (0.06 if (day.month, day.day) in HOLIDAYS else 1.0)
        for day in days
    ]
    return sorted(draw.choices(days, weights, k=count))


HOLIDAYS = {(1, 1), (1, 2), (6, 24), (7, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
