"""The entry form as data, for whoever writes another client: its fields, their rules and the values a programme offers."""

from collections.abc import Iterable
from typing import Any

from maillage.journal.context import DraftContext, in_force
from maillage.journal.forms.reading import NOWHERE
from maillage.journal.rules import ENTRY, REFERRAL, Rule
from maillage.programs.models import Membership, Program, Term

Option = dict[str, Any]


def input_name(rule: Rule) -> str:
    """The name under which the form sends a field."""
    return rule.name.removesuffix("_id")


def forms_for(actor: Any, slug: str = "") -> list[dict[str, Any]]:
    """The form of each programme in whose journal `actor` writes now, or of the one that `slug` names."""
    teams = Membership.objects.current().team().filter(user=actor).values("program")
    found = Program.objects.filter(pk__in=teams).order_by("-start", "id")
    return [form_of(program) for program in (found.filter(slug=slug) if slug else found)]


def form_of(program: Program) -> dict[str, Any]:
    """The form of one programme."""
    context = DraftContext(program)
    return {
        "program": program.slug,
        "name": program.name,
        "start": program.start.isoformat(),
        "end": program.end.isoformat() if program.end else None,
        "fields": [field(rule, context) for rule in ENTRY],
        "referral": [field(rule, context) for rule in REFERRAL],
    }


def field(rule: Rule, context: DraftContext) -> dict[str, Any]:
    """One field: its name, label, kind, bounds, and the values it takes where these can be listed."""
    said: dict[str, Any] = {
        "name": input_name(rule),
        "label": str(rule.label),
        "kind": rule.kind,
        "required": rule.required and rule.name != "worker_id",  # left out, it is the person who sends
    }
    said |= {name: getattr(rule, name) for name in ("low", "high") if getattr(rule, name) is not None}
    if rule.when:
        said["when"] = list(rule.when)
    if (options := _options(rule, context)) is not None:
        said["options"] = options
    return said


def _options(rule: Rule, context: DraftContext) -> list[Option] | None:
    if rule.choices:
        return [_option(value, label) for value, label in rule.choices]
    if rule.vocabulary:
        return _terms(context.vocabularies.get(str(rule.vocabulary), []))
    links: dict[str, Iterable[Option]] = {
        "worker_id": (_option(m.pk, m.label) for m in context.team.values() if in_force(m)),
        "site_id": (_option(site.uid, site.name, town=site.town or "") for site in context.sites.values()),
        "mrc_id": (_option(division.code, division.name) for division in context.mrcs.values()),
        "tenant_body_id": (_option(body.pk, body.name) for body in context.tenant_bodies.values()),
    }
    if rule.name not in links:
        return None
    return [*links[rule.name], *([_option(NOWHERE, "")] if rule.name == "site_id" else [])]


def _terms(terms: list[Term]) -> list[Option]:
    codes = {term.pk: term.code for term in terms}
    return [
        _option(term.code, term.label, **({"part_of": codes[term.parent_id]} if term.parent_id in codes else {}))
        for term in terms
    ]


def _option(value: Any, label: Any, **more: str) -> Option:
    return {"value": str(value), "label": str(label), **more}
