"""From what was typed to a draft: nothing is lost when a value cannot be read, it stays in the form with a sentence."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from maillage.core.text import as_number, as_uid
from maillage.journal.context import DraftContext
from maillage.journal.drafts import MANY, EntryDraft, Problem, ReferralDraft
from maillage.journal.enums import MAX_REFERRALS, Nature
from maillage.journal.queries import organization_named
from maillage.journal.rules import ENTRY, REFERRAL
from maillage.programs.models import Membership

ROW = re.compile(r"ref-(\d{1,3})-(destination|organization|need|kind|persons)$")
NOWHERE = "aucun"
COLLECTIVE_ONLY = tuple(rule.name for rule in ENTRY if rule.when)


class Reading:
    """One submitted form. `draft` is what could be read, `problems` what could not, `rows` the referral rows typed."""

    def __init__(self, data: QueryDict, context: DraftContext, worker: Membership) -> None:
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
            said = _("« %s » n'est pas une date : écrivez-la AAAA-MM-JJ.") % given if given else _("Donnez la date.")
            self.problems.append(Problem("date", said))
            return self.context.today

    def _site(self) -> int | None:
        given = self.data.get("site_other") or self.data.get("site") or ""
        if given in ("", NOWHERE):
            return None
        for number, site in self.context.sites.items():
            if str(site.uid) == given:
                return number
        self.problems.append(Problem("site_id", _("Ce milieu n'est pas couvert par %s.") % self.context.program.name))
        return None

    def _mrc(self) -> int | None:
        given = self.data.get("mrc", "")
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
        self.problems.append(Problem(name, _("« %s » n'est pas un nombre entier : écrivez-le en chiffres.") % given))
        return None

    def _referral(self, place: int, row: Mapping[str, str]) -> ReferralDraft:
        organization = None
        if name := row["organization"].strip():
            organization = organization_named(name)
            if organization is None:
                said = _("« %s » n'est pas au répertoire : choisissez un nom de la liste, ou laissez vide.") % name
                self.problems.append(Problem(f"referrals.{place}.organization_id", said))
        problems, self.problems = self.problems, []
        persons = self._count("persons", row["persons"] or "1")
        path = f"referrals.{place}.persons"
        self.problems = problems + [Problem(path, problem.sentence) for problem in self.problems]
        return ReferralDraft(
            destination=row["destination"],
            organization_id=organization.pk if organization else None,
            need=row["need"],
            kind=row["kind"],
            persons=1 if persons is None else persons,
        )


def rows_of(data: QueryDict) -> list[dict[str, str]]:
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
