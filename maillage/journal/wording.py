"""What a draft says, in words: for the record page, the history and the comparison of two versions."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core import typography
from maillage.directory.models import TenantBody
from maillage.programs.models import Membership
from maillage.territories.models import Division, HousingSite

from .context import DraftContext
from .drafts import EntryDraft, ReferralDraft
from .rules import ENTRY, REFERRAL_BY_NAME, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a draft: the field, its label and its value in words."""

    field: str
    label: Any
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that differs between two drafts."""

    field: str
    label: Any
    before: str
    after: str


def lines_of(draft: EntryDraft, context: DraftContext, with_note: bool) -> list[Line]:
    """Facts of `draft` that are filled, in the order of the form; the note only when it may be read."""
    found = []
    for rule in ENTRY:
        if rule.name == "note" and not with_note:
            continue
        if text := _text(rule, draft, context):
            found.append(Line(rule.name, _("Durée") if rule.name == "minutes" else rule.label, text))
    if draft.referrals:
        context.targets.know(draft.referrals)
        said = " ; ".join(referral_text(line, context) for line in draft.referrals)
        found.append(Line("referrals", _("Références"), said))
    return found


def changes_between(before: EntryDraft, after: EntryDraft, context: DraftContext, with_note: bool) -> list[Change]:
    """Facts that differ, in the order of the form. That the note changed is said even to those who do not read it."""
    old = {line.field: line for line in lines_of(before, context, True)}
    new = {line.field: line for line in lines_of(after, context, True)}
    found = []
    for name in [*(rule.name for rule in ENTRY), "referrals"]:
        was, now = old.get(name), new.get(name)
        if (was and was.text) == (now and now.text):
            continue
        label = (now or was).label
        if name == "note" and not with_note:
            found.append(Change(name, label, "…", "…"))
        else:
            found.append(Change(name, label, was.text if was else "", now.text if now else ""))
    return found


def referral_text(line: ReferralDraft, context: DraftContext) -> str:
    """A referral in one line."""
    parts = [_term(context, REFERRAL_BY_NAME["destination"].vocabulary, line.destination)]
    if line.organization_id or line.service_id:
        parts.append(context.targets.name_of(line) or _("(disparu)"))
    parts += [_term(context, REFERRAL_BY_NAME[n].vocabulary, getattr(line, n)) for n in ("need", "kind")]
    persons = _("1 personne") if line.persons == 1 else _("%s personnes") % _number(line.persons)
    agreed = _("avec l'accord de la personne") if line.consent else ""
    return ", ".join(part for part in [*parts, persons, agreed] if part)


def _text(rule: Rule, draft: EntryDraft, context: DraftContext) -> str:
    if rule.kind == "terms":
        return ", ".join(_term(context, rule.vocabulary, code) for code in draft.codes(str(rule.vocabulary)))
    value = getattr(draft, rule.name)
    if value in (None, "") or (rule.name == "persons_referred" and not value):
        return ""
    if rule.kind == "term":
        return _term(context, rule.vocabulary, value)
    if rule.kind == "one":
        return str(dict(rule.choices).get(value, value))
    if rule.kind == "date":
        return formats.date_format(value, "DATE_FORMAT")
    if rule.kind == "link":
        return _link(rule.name, draft, context)
    if rule.name == "minutes":
        return typography.hours(value, get_language() or "fr")
    return _number(value) if rule.kind == "count" else str(value)


def _link(name: str, draft: EntryDraft, context: DraftContext) -> str:
    value = getattr(draft, name)
    if name == "mrc_id":
        return "" if draft.site_id else _known(context.mrcs, Division, value)
    if name == "site_id":
        return _known(context.sites, HousingSite, value)
    if name == "worker_id":
        return _known(context.team, Membership, value)
    return _known(context.tenant_bodies, TenantBody, value)


def _known(known: dict[int, Any], model: Any, number: int) -> str:
    return str(known[number]) if number in known else _name(model, number)


def _name(model: Any, number: int) -> str:
    found = model.objects.filter(pk=number).first()
    return str(found) if found else _("(disparu)")


def _term(context: DraftContext, vocabulary: Any, code: str) -> str:
    if not code:
        return ""
    term = context.terms.get((vocabulary, code))
    return term.label if term else code


def _number(value: int) -> str:
    return typography.number(value, 0, get_language() or "fr")
