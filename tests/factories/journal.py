from datetime import date
from typing import Any

from maillage.core.changes import announce
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.programs.models import Membership, Program

from .people import make_member
from .programs import term


def make_entry(program: Program, worker: Membership | None = None, **fields: Any) -> Entry:
    """An entry written straight to the database, announced in the change log.

    `actions=["welcome"]`, `groups=…`, `themes=…`, `axes=…`, `successes=…` are codes; `collective_kind` and
    `contact_place` too; `referrals=[{"destination": "health", "need": "food", "persons": 1}]`.
    """
    chosen = {name: fields.pop(plural, []) for plural, name in _plurals().items()}
    referrals = fields.pop("referrals", [])
    site = fields.setdefault("site", program.program_sites.order_by("id").first().site)
    for name in ("collective_kind", "contact_place"):
        if isinstance(fields.get(name), str):
            fields[name] = term(program, name, fields[name])
    values: dict[str, Any] = {
        "date": date(2014, 5, 6),
        "nature": "individual",
        "persons": 1,
        "minutes": 30,
        "mrc": site.mrc if site else program.territory.children.order_by("code").first(),
        "tenure": site.tenure if site else "other",
        **fields,
    }
    entry = Entry.objects.create(program=program, worker=worker or make_member(program), **values)
    for vocabulary, codes in chosen.items():
        for code in codes:
            EntryTerm.objects.create(entry=entry, term=term(program, vocabulary, code))
    for line in referrals:
        Referral.objects.create(entry=entry, **_referral(program, line))
    announce(STREAM, [entry.pk])
    return entry


def _plurals() -> dict[str, str]:
    return {"actions": "action", "groups": "group", "themes": "theme", "axes": "axis", "successes": "success"}


def _referral(program: Program, line: dict[str, Any]) -> dict[str, Any]:
    vocabularies = {"destination": "destination", "need": "need", "kind": "referral_kind"}
    return {
        name: term(program, vocabularies[name], value) if name in vocabularies and isinstance(value, str) else value
        for name, value in line.items()
    }
