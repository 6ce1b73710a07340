"""Examines lines that are entries of a journal."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.imports import Examiner, Line
from maillage.core.services import Outcome
from maillage.core.tabular.heading import key
from maillage.journal.enums import Nature
from maillage.journal.screening import screen
from maillage.journal.services import DraftContext, EntryDraft, ReferralDraft, log_entries, validate_draft
from maillage.journal.targets import Target
from maillage.programs.enums import Role
from maillage.programs.models import Program
from maillage.programs.services import add_member

from .lookups import Lookups

_MANY = ("action", "group", "theme", "axis", "success")
_ONE = ("contact_place", "collective_kind")
# Fields of a draft whose problems are shown at another column.
_SHOWN_AT = {"worker_id": "worker", "site_id": "site", "mrc_id": "mrc", "persons_referred": "referred"}
_REFERRAL_AT = {
    "destination": "destination",
    "need": "need",
    "kind": "referral_kind",
    "persons": "referred",
    "organization_id": "target",
}


@dataclass(slots=True)
class Draft:
    """An entry to write, and the name of a worker to take on first ("" when known)."""

    entry: EntryDraft
    new_worker: str = ""
    times: int = 1

    def signed(self, worker: int) -> EntryDraft:
        """The entry of this worker, with the key by which the same line is recognized later."""
        entry = self.entry.with_(worker_id=worker)
        # A name that the directory learns later makes no other line.
        plain = tuple(replace(row, organization_id=None, service_id=None) for row in entry.referrals)
        told = json.dumps(entry.with_(referrals=plain).as_json(), sort_keys=True, default=str, ensure_ascii=False)
        return entry.with_(import_key=hashlib.sha256(f"{told}#{self.times}".encode()).hexdigest())


class EntryExaminer(Examiner):
    """Reads what the programme lets an entry say once, then looks at each line."""

    def __init__(self, actor: Any, program: Program, options: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        super().__init__()
        self.actor, self.program, self.columns = actor, program, columns
        self.takes_on = options.get("workers") == "create"
        self.keeps_notes = options.get("notes") == "keep"
        self.context = DraftContext(program)
        self.lookups = Lookups(self.context, actor)
        self.written = set(program.entries.exclude(import_key="").order_by().values_list("import_key", flat=True))
        self.by_number: dict[str, Line] = {}
        self.newcomers: dict[str, str] = {}

    def examine(self, line: Line) -> None:
        """The draft of one line, or what it adds to the line above that has the same number."""
        values = line.values
        if values.get("date") is None:
            self.refuse(line, "date", _("La date manque."))
            return
        line.title = values["date"].isoformat()
        first = self.by_number.setdefault(values["number"], line) if values.get("number") else line
        terms = {name: codes for name in _MANY if (codes := self._codes(line, name))}
        referrals = self._referrals(line)
        if first is not line:
            self._join(first, line, terms, referrals)
            return
        one = {name: code for name in _ONE if (code := self._one_code(line, name))}
        worker, newcomer = self._worker(line)
        site = self._site(line)
        mrc = self._mrc(line)
        if line.problems:
            return
        nature = values.get("nature") or self._nature(values)
        draft = EntryDraft(
            worker_id=worker,
            date=values["date"],
            nature=nature,
            persons=self._persons(values, nature),
            site_id=site,
            mrc_id=mrc,
            minutes=values.get("minutes") if values.get("minutes") is not None else values.get("hours"),
            terms={name: tuple(codes) for name, codes in terms.items()},
            contact_rank=values.get("contact_rank") or "",
            contact_initiative=values.get("contact_initiative") or "",
            participants=values.get("participants"),
            participations=values.get("participations"),
            referrals=tuple(referrals),
            persons_referred=values.get("referred") if referrals and self._distinct(referrals) else None,
            note=self._note(line),
            **one,
        )
        line.draft = Draft(draft, newcomer)

    def _distinct(self, referrals: Sequence[ReferralDraft]) -> bool:
        return len(referrals) == 1

    def _codes(self, line: Line, name: str) -> list[str]:
        found = []
        for text in self.lookups.split(name, line.values.get(name) or ""):
            code = self._code(line, name, text)
            if code and code not in found:
                found.append(code)
        checked = [code for (field, code), value in line.more.items() if field == name and value]
        return list(dict.fromkeys([*found, *checked]))

    def _one_code(self, line: Line, name: str) -> str:
        text = line.values.get(name) or ""
        checked = [code for (field, code), value in line.more.items() if field == name and value]
        found = list(dict.fromkeys([*([self._code(line, name, text)] if text else []), *checked]))
        if len(found) > 1:
            self.refuse(
                line, name, _("Deux choix sont cochés, un seul est possible : {codes}.").format(codes=", ".join(found))
            )
        return found[0] if found else ""

    def _code(self, line: Line, name: str, text: str, vocabulary: str = "") -> str:
        code = self.lookups.code(vocabulary or name, text)
        if code is None:
            self.refuse(
                line,
                name,
                _("« {text} » n'est pas un terme du vocabulaire : corrigez-le, ou ajoutez-le au programme.").format(
                    text=text[:60]
                ),
            )
        return code or ""

    def _referrals(self, line: Line) -> list[ReferralDraft]:
        values = line.values
        destinations = self._codes(line, "destination")
        if not destinations:
            return []
        persons = values.get("referred") or 1
        need = self._code(line, "need", values["need"]) if values.get("need") else ""
        kind = self._code(line, "referral_kind", values["referral_kind"]) if values.get("referral_kind") else ""
        target = self._target(line)
        row = ReferralDraft(destination="", need=need, kind=kind, persons=persons)
        if target:
            row = replace(row, organization_id=target.organization_id, service_id=target.service_id)
        return [replace(row, destination=code) for code in destinations if code]

    def _target(self, line: Line) -> Target | None:
        """The service or organization of the directory that the line names."""
        text = line.values.get("target") or ""
        found = self.context.targets.named(text) if text else []
        if text and len(found) != 1:
            said = _(
                "« {text} » n'est pas au répertoire, ou y est plusieurs fois : la référence est gardée sans ce nom."
            )
            line.remarks.append(said.format(text=text[:60]))
        return found[0] if len(found) == 1 else None

    def _join(self, first: Line, line: Line, terms: dict[str, list[str]], referrals: list[ReferralDraft]) -> None:
        """A line with the number of an earlier one adds its codes and referrals to it."""
        if line.problems:
            return
        if first.draft is None:
            self.refuse(line, "number", _("La ligne {n}, du même numéro, est refusée.").format(n=first.number))
            return
        if line.values["date"] != first.draft.entry.date:
            self.refuse(
                line, "number", _("La ligne {n} porte le même numéro et une autre date.").format(n=first.number)
            )
            return
        entry = first.draft.entry
        joined = {
            name: tuple(dict.fromkeys([*entry.codes(name), *terms.get(name, [])]))
            for name in _MANY
            if entry.codes(name) or name in terms
        }
        more = [referral for referral in referrals if referral not in entry.referrals]
        first.draft.entry = entry.with_(
            terms=joined,
            referrals=(*entry.referrals, *more),
            persons_referred=entry.persons_referred if not more else None,
        )
        line.outcome = Outcome.UNCHANGED
        line.remarks.append(_("Réunie à la ligne {n}, du même numéro.").format(n=first.number))

    def _worker(self, line: Line) -> tuple[int, str]:
        text = line.values.get("worker") or ""
        found = self.lookups.worker(text)
        if found is not None:
            return found, ""
        if not text:
            self.refuse(line, "worker", _("L'intervenant·e manque."))
        elif self.takes_on:
            label = self.newcomers.setdefault(key(text), text.split("@")[0][:150])
            return 0, label
        else:
            self.refuse(
                line,
                "worker",
                _("« {name} » n'est pas de l'équipe : invitez cette personne, ou choisissez de l'inscrire.").format(
                    name=text[:60]
                ),
            )
        return 0, ""

    def _site(self, line: Line) -> int | None:
        text = line.values.get("site") or ""
        if not text:
            return None
        found = self.lookups.site(text)
        if found is None:
            self.refuse(line, "site", _("« {name} » n'est pas un milieu de ce programme.").format(name=text[:60]))
        return found

    def _mrc(self, line: Line) -> int | None:
        text = line.values.get("mrc") or ""
        if not text:
            return None
        found = self.lookups.mrc(text)
        if found is None:
            self.refuse(line, "mrc", _("« {name} » n'est pas une MRC du programme.").format(name=text[:60]))
        return found

    def _nature(self, values: Mapping[str, Any]) -> str:
        is_collective = values.get("collective_kind") or values.get("participants") or values.get("participations")
        return Nature.COLLECTIVE if is_collective else Nature.INDIVIDUAL

    def _persons(self, values: Mapping[str, Any], nature: str) -> int:
        if values.get("persons") is not None:
            return values["persons"]
        return 1 if nature == Nature.INDIVIDUAL else values.get("participants") or 0

    def _note(self, line: Line) -> str:
        note = (line.values.get("note") or "")[:4000]
        if not note:
            return ""
        findings = screen(note, self.context.known_places)
        if findings and not self.keeps_notes:
            line.remarks.append(_("Une identité est soupçonnée dans la note : la note est laissée de côté."))
            return ""
        return note

    def finish(self, lines: Sequence[Line]) -> None:
        """The rules of the form, then what was already imported."""
        times: Counter[str] = Counter()
        for line in lines:
            draft = line.draft
            if line.problems or draft is None:
                continue
            for problem in validate_draft(draft.entry, self.context):
                if problem.field == "worker_id" and draft.new_worker:
                    continue
                self.refuse(line, _column(problem.field), problem.sentence)
            if line.problems:
                continue
            told = f"{draft.new_worker} {draft.signed(draft.entry.worker_id).import_key}"
            times[told] += 1
            draft.times = times[told]
            draft.entry = draft.signed(draft.entry.worker_id)
            if draft.entry.import_key in self.written:
                line.outcome = Outcome.UNCHANGED
        if self.newcomers:
            self.also[_("Personnes inscrites à l'équipe")] = len(self.newcomers)

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Take on the workers who are new, then write the entries, all or none."""
        drafts: list[Draft] = [line.draft for line in lines if line.draft is not None]
        if not drafts:
            return
        taken: dict[str, int] = {}
        for label in sorted({draft.new_worker for draft in drafts if draft.new_worker}):
            member = add_member(actor=self.actor, program=self.program, label=label, role=Role.WORKER)
            taken[label] = member.pk
        entries = [draft.signed(taken[draft.new_worker]) if draft.new_worker else draft.entry for draft in drafts]
        tick(len(entries) // 3, len(entries))
        # The team has changed: the rules must know the newcomers.
        log_entries(actor=self.actor, program=self.program, drafts=entries, context=DraftContext(self.program))
        tick(len(entries), len(entries))


def _column(field: str) -> str:
    if field.startswith("referrals"):
        return _REFERRAL_AT.get(field.rsplit(".", 1)[-1], "destination")
    return _SHOWN_AT.get(field, field)
