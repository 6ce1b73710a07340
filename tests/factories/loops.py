"""Referrals in the middle of their life."""

from typing import Any

from django.utils import timezone

from maillage.journal.models import Entry, Referral
from maillage.journal.slip_code import code_of
from maillage.programs.models import Program

from .journal import make_entry
from .programs import term

VOCABULARIES = {"destination": "destination", "need": "need", "kind": "referral_kind"}


def make_referral(program: Program, worker: Any = None, entry: Entry | None = None, **fields: Any) -> Referral:
    """A referral of an entry of today, towards a community organization, for food; codes may be given for its terms."""
    entry = entry or make_entry(program, worker, date=fields.pop("date", timezone.localdate()))
    values: dict[str, Any] = {"destination": "community", "need": "food", "kind": "accompanied", **fields}
    for name, vocabulary in VOCABULARIES.items():
        if isinstance(values.get(name), str):
            values[name] = term(program, vocabulary, values[name])
    referral = Referral(entry=entry, **values)
    referral.code = code_of(referral.uid)
    referral.save()
    return referral
