from typing import Any

from maillage.journal.models import Entry, Referral
from maillage.programs.models import Membership, Program

from .journal import make_entry


def make_unmet(
    program: Program, worker: Membership | None = None, state: str = "refused", times: int = 1, **fields: Any
) -> list[Referral]:
    """Referrals that failed, each of an entry of its own; `barrier`, `need` and `destination` are codes."""
    line = {"destination": "community", "need": "food", "persons": 1, "state": state}
    line |= {name: fields.pop(name) for name in ("barrier", "need", "destination", "organization") if name in fields}
    entries: list[Entry] = [make_entry(program, worker, referrals=[line], **fields) for _time in range(times)]
    return list(Referral.objects.filter(entry__in=entries).order_by("pk"))
