"""Records counted by one code, as the kernel's tables take them: for what is read at each question and not mirrored."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from django.conf import settings

from maillage.journal.facts import RECORD_KEY
from maillage.tables.disclosure.cell_keys import record_keys
from maillage.tables.engine import COUNT, Counts


def counts_by_code(codes: Sequence[str], *, minutes: Sequence[int] = (), names: Sequence[bytes] = ()) -> Counts:
    """Records by code: how many, and the sums of their minutes and of their keys."""
    measured = {"minutes": list(minutes), RECORD_KEY: record_keys(str(settings.DISCLOSURE_KEY).encode(), names)}
    rows = tuple(sorted(set(codes)))
    counted = Counter(codes)
    values = {COUNT: np.array([counted[code] for code in rows], dtype=np.int64)}
    totals = {COUNT: len(codes)}
    for measure, figures in measured.items():
        if len(figures) != len(codes):
            continue
        sums: Counter[str] = Counter()
        for code, figure in zip(codes, figures, strict=True):
            sums[code] += figure
        values[measure] = np.array([sums[code] for code in rows], dtype=np.int64)
        totals[measure] = sum(figures)
    return Counts(rows, (), values, totals)
