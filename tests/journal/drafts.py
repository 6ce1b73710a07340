"""A valid draft that each test changes."""

from datetime import date
from typing import Any

from maillage.journal.services import EntryDraft
from maillage.programs.models import Membership


def draft_for(worker: Membership, **fields: Any) -> EntryDraft:
    """An individual entry of a person met in the programme's first site; `fields` change it."""
    values: dict[str, Any] = {
        "worker_id": worker.pk,
        "date": date(2014, 5, 6),
        "nature": "individual",
        "persons": 2,
        "site_id": worker.program.program_sites.order_by("id").first().site_id,
        "minutes": 30,
        "terms": {"action": ("welcome",), "theme": ("food", "budget")},
    }
    return EntryDraft(**(values | fields))
