"""From what was typed to a draft: nothing is lost when a value cannot be read, it stays in the form with a sentence."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from maillage.core.text import as_number, as_uid
from maillage.journal.context import DraftContext
from maillage.journal.drafts import MANY, EntryDraft, Problem, ReferralDraft
from maillage.journal.enums import MAX_REFERRALS, TRANSFERRED, Nature
from maillage.journal.rules import ENTRY, REFERRAL
from maillage.journal.sentences import SENTENCES
from maillage.journal.targets import Target
from maillage.programs.models import Membership

ROW = re.compile(r"ref-(\d{1,3})-(destination|organization|need|kind|persons|consent|uid)$")
NOWHERE = "aucun"
YES = "1"
COLLECTIVE_ONLY = tuple(rule.name for rule in ENTRY if rule.when)


class Typed(Protocol):
    """What a form holds as it was typed: a `QueryDict`, or the content of an operation of the field journal."""

    def get(self, name: str, default: str = "", /) -> Any: ...
    def getlist(self, name: str, /) -> list[str]: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def __iter__(self) -> Iterator[str]: ...


class Reading:
    """One submitted form. `draft` is what could be read, `problems` what could not, `rows` the referral rows typed."""

    def __init__(self, data: Typed, context: DraftContext, worker: Membership) -> None:
        self.data, self.context, self.worker = data, context, worker
        self.problems: list[Problem] = []
        self.rows = rows_of(data)
        self.draft = self._draft()

    def _draft(self) -> EntryDraft:
        data = self.data
        nature = data.get("nature", "")
        persons = self._count("persons")
        values: dict[str, Any] = {
            "worker_id": self._worker(),
            "date": self._date(),
            "nature": nature,
            "persons": persons,
            "site_id": self._site(),
            "mrc_id": self._mrc(),
            "minutes": self._count("minutes", data.get("minutes_other", "").strip() or data.get("minutes", "")),
            "terms": {str(kind): tuple(dict.fromkeys(data.getlist(kind))) for kind in MANY if data.getlist(kind)},
            "persons_referred": self._count("persons_referred"),
            "participants": self._count("participants"),
            "participations": self._count("participations"),
            "tenant_body_id": self._number("tenant_body"),
            "referrals": tuple(self._referral(place, row) for place, row in enumerate(self.rows)),
            "note": data.get("note", "").replace("\r\n", "\n").strip(),
            "uid": as_uid(data.get("uid")),
        }
        for name in ("contact_place", "contact_rank", "contact_initiative", "collective_kind"):
            values[name] = data.get(name, "")
        if nature != Nature.COLLECTIVE:
            values |= {name: "" if isinstance(values[name], str) else None for name in COLLECTIVE_ONLY}
        return EntryDraft(**values)

    def _worker(self) -> int:
        given = as_number(self.data.get("worker"))
        return self.worker.pk if given is None else given

    def _date(self) -> date:
        given = self.data.get("date", "").strip()
        try:
            return date.fromisoformat(given)
        except ValueError:
            said = SENTENCES["not_a_date"] % given if given else str(SENTENCES["no_date"])
            self.problems.append(Problem("date", said))
            return self.context.today

    def _site(self) -> int | None:
        given = self.data.get("site_other") or self.data.get("site") or ""
        if given in ("", NOWHERE):
            return None
        if (number := self.context.site_named(given)) is not None:
            return number
        self.problems.append(Problem("site_id", _("Ce milieu n'est pas couvert par %s.") % self.context.program.name))
        return None

    def _mrc(self) -> int | None:
        given = self.data.get("mrc", "")
        if not given:
            return None
        return next((number for number, division in self.context.mrcs.items() if division.code == given), None)

    def _number(self, name: str) -> int | None:
        return as_number(self.data.get(name))

    def _count(self, name: str, given: str | None = None) -> int | None:
        given = (self.data.get(name, "") if given is None else given).strip()
        if not given:
            return None
        compact = re.sub(r"[\s\u00a0\u202f]", "", given)
        if re.fullmatch(r"-?[0-9]{1,9}", compact):
            return int(compact)
        self.problems.append(Problem(name, SENTENCES["not_a_count"] % given))
        return None

    def _referral(self, place: int, row: Mapping[str, str]) -> ReferralDraft:
        target = self._target(place, row["organization"].strip())
        problems, self.problems = self.problems, []
        persons = self._count("persons", row["persons"] or "1")
        path = f"referrals.{place}.persons"
        self.problems = problems + [Problem(path, problem.sentence) for problem in self.problems]
        return ReferralDraft(
            destination=row["destination"],
            organization_id=target.organization_id if target else None,
            service_id=target.service_id if target else None,
            need=row["need"],
            kind=row["kind"],
            persons=1 if persons is None else persons,
            consent=row["kind"] == TRANSFERRED and row["consent"] == YES,
            uid=as_uid(row["uid"]),
        )

    def _target(self, place: int, name: str) -> Target | None:
        """The service or organization that is named; one that is not known, or not sure, is a problem."""
        found = self.context.targets.named(name) if name else []
        if len(found) == 1:
            return found[0]
        if found:
            said = _("Plusieurs organisations offrent « %s » : choisissez dans la liste celle dont il s'agit.") % name
        elif name:
            said = _("« %s » n'est pas au répertoire : choisissez un nom de la liste, ou laissez vide.") % name
        else:
            return None
        self.problems.append(Problem(f"referrals.{place}.organization_id", said))
        return None


def row_of(line: ReferralDraft, context: DraftContext) -> dict[str, str]:
    """A referral as it would be typed."""
    return {
        "destination": line.destination,
        "organization": context.targets.name_of(line),
        "need": line.need,
        "kind": line.kind,
        "persons": str(line.persons),
        "consent": YES if line.consent else "",
        "uid": str(line.uid or ""),
    }


def rows_of(data: Typed) -> list[dict[str, str]]:
    """Referral rows as typed, in order; rows left wholly empty are dropped."""
    found: dict[int, dict[str, str]] = {}
    for key in data:
        if match := ROW.match(key):
            found.setdefault(int(match[1]), {})[match[2]] = data[key]
    empty = {"organization" if rule.name == "organization_id" else rule.name: "" for rule in REFERRAL}
    rows = [empty | found[number] for number in sorted(found)]
    return [row for row in rows if any(row[name] for name in ("destination", "organization", "need", "kind"))][
        : MAX_REFERRALS + 1
    ]
