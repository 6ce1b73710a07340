"""What a programme lets an entry say, kept by the process for a few seconds: most batches are small, and reading it costs
more than writing an entry.

What is kept may be a little old, so it may only say yes: the first no starts the batch again with fresh lookups
(`Stale`), and so does every other replay. Who is in the team, with which right, is never kept.
"""

from datetime import date
from time import monotonic
from typing import Any

from maillage.journal.context import DraftContext
from maillage.programs.models import Program

SECONDS = 5.0
MOST = 64  # programmes
KEPT = (
    "sites",
    "mrcs",
    "terms",
    "vocabularies",
    "tenant_bodies",
    "known_places",
    "_site_numbers",
    "_organization_names",
)
_kept: dict[tuple[Any, ...], tuple[float, dict[str, Any]]] = {}


class Stale(Exception):
    """Kept lookups said no: fresh ones are to be asked."""


def kept_context(program: Program) -> DraftContext | None:
    """A context that knows what was read lately for this programme; None when nothing was."""
    context = DraftContext(program)
    began, values = _kept.get(_key(program, context.today), (0.0, {}))
    if not values or monotonic() - began > SECONDS:
        return None
    context.__dict__.update(values)
    return context


def remember(context: DraftContext, fresh: bool) -> None:
    """Keep what this context read; one that was not fresh adds what it read besides, and nothing gets younger."""
    if len(_kept) > MOST:
        _kept.clear()
    key = _key(context.program, context.today)
    values = {name: context.__dict__[name] for name in KEPT if name in context.__dict__}
    if fresh:
        _kept[key] = (monotonic(), values)
    elif key in _kept:
        _kept[key] = (_kept[key][0], values | _kept[key][1])


def _key(program: Program, day: date) -> tuple[Any, ...]:
    return program.uid, program.frame_id, program.territory_id, day
