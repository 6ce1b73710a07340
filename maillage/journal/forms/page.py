"""The entry form as its template shows it: fields with their options, the most used first, values and problems."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from maillage.journal import rules, sentences
from maillage.journal.context import DraftContext, in_force
from maillage.journal.drafts import EntryDraft, Problem
from maillage.journal.enums import MAX_REFERRALS
from maillage.journal.queries import Habits
from maillage.journal.screening import Finding, client_rules
from maillage.journal.targets import usual_names
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program

from .options import Option, as_chips, as_options
from .reading import NOWHERE

DURATIONS = (15, 30, 45, 60, 90, 120)
SHOWN = {"action": 6, "theme": 6, "success": 5, "contact_place": 7}
SHOWN_SITES = 4
NEW = "nouvelle"


@dataclass(slots=True)
class Field:
    """One field of the page. `name` is the rule's; `input` the name that is sent; `problem` a sentence or nothing."""

    rule: rules.Rule
    input: str
    value: str = ""
    options: list[Option] = field(default_factory=list)
    more: list[Option] = field(default_factory=list)
    problem: str = ""
    prefix: str = ""

    @property
    def id(self) -> str:
        """Identifier of the field in the page: where an error leads."""
        return f"f-{self.prefix}{self.rule.name}"

    @property
    def described_by(self) -> str:
        """Identifiers of the help and of the problem, for screen readers."""
        ids = [f"{self.id}-help"] if self.rule.help else []
        return " ".join(ids + ([f"{self.id}-problem"] if self.problem else []))

    @property
    def as_chips(self) -> str:
        """The choices in sight, as chips."""
        return as_chips(self.input, self.options, self.rule.kind == "terms")

    @property
    def more_as_chips(self) -> str:
        """The folded choices, as chips."""
        return as_chips(self.input, self.more, self.rule.kind == "terms", parts=False)

    @property
    def as_options(self) -> str:
        """The options of a list."""
        return as_options(self.options)

    @property
    def more_as_options(self) -> str:
        """The folded options of a list."""
        return as_options(self.more)


@dataclass
class FormPage:
    """All that the template needs. `draft` gives the values; `rows` the referral rows as typed."""

    context: DraftContext
    actor: Any
    worker: Membership
    habits: Habits
    draft: EntryDraft
    rows: Sequence[dict[str, str]] = ()
    typed: Any = None
    problems: Sequence[Problem] = ()
    findings: Sequence[Finding] = ()
    revision: int | None = None
    fresh: bool = False

    @cached_property
    def uid(self) -> str:
        """The number the entry will bear: a form sent twice writes once."""
        return str(self.draft.uid or uuid.uuid4())

    @cached_property
    def draft_key(self) -> str:
        """Name under which the page keeps what is being typed: one for each person, programme and entry."""
        which = NEW if self.revision is None else f"{self.uid}.{self.revision}"
        return draft_key(self.actor, self.context.program, which)

    @cached_property
    def f(self) -> dict[str, Field]:
        """Fields by the name of their rule."""
        sentences: dict[str, str] = {}
        for problem in self.problems:
            sentences.setdefault(problem.field, problem.sentence)
        fields = {}
        for rule in rules.ENTRY:
            made = Field(rule, rule.name.removesuffix("_id"), problem=sentences.get(rule.name, ""))
            made.value = self._typed(made.input, getattr(self.draft, rule.name, ""))
            fields[rule.name] = made
            if rule.choices:
                made.options = [Option(code, label, made.value == code) for code, label in rule.choices]
            elif rule.vocabulary:
                made.options = self._term_options(rule, sentences)
        for name, shown in SHOWN.items():
            self._fold(fields[name], shown)
        self._places(fields)
        self._durations(fields["minutes"])
        fields["tenant_body_id"].options = [
            Option(str(number), body.name, str(number) == fields["tenant_body_id"].value)
            for number, body in self.context.tenant_bodies.items()
        ]
        fields["worker_id"].options = [
            Option(str(m.pk), m.label, m.pk == self.draft.worker_id)
            for m in self.context.team.values()
            if in_force(m, self.draft.date) or m.pk == self.draft.worker_id
        ]
        return fields

    def _typed(self, name: str, value: Any) -> str:
        if self.typed is not None and name in self.typed:
            return str(self.typed[name])
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else str(value)

    def _term_options(self, rule: rules.Rule, sentences: dict[str, str]) -> list[Option]:
        kind = str(rule.vocabulary)
        chosen = set(self.draft.codes(kind)) or {getattr(self.draft, rule.name, "")}
        shown = [
            term
            for term in self.context.vocabularies.get(kind, [])
            if self.context.usable(term, self.draft.date) or term.code in chosen
        ]
        options = [Option(t.code, t.label, t.code in chosen, int(t.parent_id is not None)) for t in shown]
        return sorted(options, key=lambda option: self.habits.rank(kind, option.value))

    def _fold(self, made: Field, shown: int) -> None:
        if len(made.options) <= shown + 2:
            return
        made.options, made.more = made.options[:shown], made.options[shown:]
        made.options += [option for option in made.more if option.checked]
        made.more = [option for option in made.more if not option.checked]

    def _places(self, fields: dict[str, Field]) -> None:
        sites, chosen = self.context.sites, self.draft.site_id
        first = [n for n in self.habits.sites if n in sites][:SHOWN_SITES] or list(sites)[:SHOWN_SITES]
        if chosen in sites and chosen not in first:
            first.insert(0, chosen)
        made = fields["site_id"]
        made.options = [Option(str(sites[n].uid), sites[n].name, n == chosen) for n in first]
        made.options.append(Option(NOWHERE, "", chosen is None and self.draft.mrc_id is not None))
        made.more = [Option(str(site.uid), site_label(site)) for n, site in sites.items() if n not in first]
        mrc = fields["mrc_id"]
        mrc.options = [
            Option(division.code, division.name, number == self.draft.mrc_id)
            for number, division in self.context.mrcs.items()
        ]

    def _durations(self, made: Field) -> None:
        value = self.draft.minutes
        made.options = [Option(str(n), n, n == value) for n in DURATIONS]
        if value in DURATIONS:
            made.value = ""
        elif self.typed is not None:
            made.value = self.typed.get("minutes_other", "")

    @cached_property
    def referrals(self) -> list[dict[str, Any]]:
        """Referral rows with their fields."""
        return [self._row(str(place), row) for place, row in enumerate(self.rows)]

    @cached_property
    def empty_referral(self) -> dict[str, Any]:
        """The row that the script copies; its number is to be replaced."""
        return self._row("__n__", {"persons": "1"})

    def _row(self, place: str, row: dict[str, str]) -> dict[str, Any]:
        sentences = {p.field: p.sentence for p in self.problems}
        made: dict[str, Any] = {"place": place}
        for rule in rules.REFERRAL:
            name = rule.name.removesuffix("_id")
            path = f"referrals.{place}.{rule.name}"
            one = Field(rule, f"ref-{place}-{name}", row.get(name, ""), prefix=f"referrals.{place}.")
            one.problem = sentences.get(path, "")
            if rule.vocabulary:
                one.options = [
                    Option(t.code, t.label, t.code == one.value, int(t.parent_id is not None))
                    for t in self.context.vocabularies.get(str(rule.vocabulary), [])
                    if self.context.usable(t, self.draft.date) or t.code == one.value
                ]
            made[name] = one
        return made

    @property
    def can_add_referral(self) -> bool:
        """Whether there is room for one more row."""
        return len(self.rows) < MAX_REFERRALS

    @cached_property
    def organizations(self) -> list[str]:
        """Names proposed before one types, once there is a row; the script asks for others."""
        return usual_names(self.context.program) if self.rows else []

    @property
    def emphasises_contact(self) -> bool:
        """Outreach workers see the contact section open."""
        return self.worker.role == Role.OUTREACH or self._filled("contact_place", "contact_rank", "contact_initiative")

    @property
    def opens_axes(self) -> bool:
        """Whether the axes section stands open."""
        return bool(self.draft.codes("axis"))

    @property
    def opens_referrals(self) -> bool:
        """Whether the referrals section stands open."""
        return bool(self.rows) or any(p.field.startswith(("referrals", "persons_referred")) for p in self.problems)

    def _filled(self, *names: str) -> bool:
        return bool(self.draft.codes("success")) or any(getattr(self.draft, name) for name in names)

    @property
    def chooses_worker(self) -> bool:
        """Whether this person may write in another's name."""
        return any(m.role == Role.COORDINATOR for m in self.context.own(self.actor))

    @property
    def days(self) -> dict[str, str]:
        """Bounds of the date and the two days one tap away, as AAAA-MM-JJ."""
        today, program = timezone.localdate(), self.context.program
        last = min(today, program.end or today)
        return {
            "first": program.start.isoformat(),
            "last": last.isoformat(),
            "today": today.isoformat() if today == last else "",
            "yesterday": (today - timedelta(days=1)).isoformat() if today == last else "",
        }

    @property
    def for_script(self) -> dict[str, Any]:
        """What the page's script reads. It is kept with the form on devices: it holds no secret."""
        program = self.context.program
        return {
            "key": self.draft_key,
            "fresh": self.fresh,
            "person": str(self.actor.pk),
            "program": {"slug": program.slug, "name": program.name},
            "days": {"first": program.start.isoformat(), "end": program.end.isoformat() if program.end else ""},
            "rules": rules.as_json(),
            "sentences": sentences.as_json(),
            "screening": client_rules(),
            "maxReferrals": MAX_REFERRALS,
            "suggest": reverse("journal:organizations"),
        }

    @property
    def model_of_problems(self) -> dict[str, Any]:
        """The frame of problems as the script copies it, with one of each to fill."""
        finding = {"passage": "__passage__", "sentence": "__sentence__"}
        return {"summary": [("__anchor__", "__sentence__")], "findings": [finding]}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Where each problem is in the page, and its sentence."""
        return [(f"f-{problem.field}", problem.sentence) for problem in unique(self.problems)]


def draft_key(actor: Any, program: Program, which: str = NEW) -> str:
    """Name of a draft on the person's device: by default, that of the entry they are about to write."""
    return f"maillage:draft:{actor.pk}:{program.slug}:{which}"


def unique(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each field."""
    found: dict[str, Problem] = {}
    for problem in problems:
        found.setdefault(problem.field, problem)
    return list(found.values())


def site_label(site: Any) -> str:
    """A site in a list: its name, and its municipality when the name does not say it."""
    town = site.town or ""
    return site.name if not town or town.casefold() in site.name.casefold() else f"{site.name} ({town})"
