"""The rules that stop a draft, for the form, imports and synchronization alike. Each refusal is a sentence."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from maillage.programs.enums import VocabularyKind

from .context import DraftContext
from .drafts import MANY, EntryDraft, Problem, ReferralDraft
from .enums import MAX_REFERRALS, Nature
from .rules import BY_NAME, ENTRY, REFERRAL_BY_NAME, Rule
from .sentences import SENTENCES


def validate_draft(draft: EntryDraft, context: DraftContext, before: EntryDraft | None = None) -> list[Problem]:
    """What stops `draft` in this programme; an empty list when nothing does.

    `before` is what the entry said until now: a site or code that it already bore stays allowed.
    """
    found: list[Problem] = []
    for check in CHECKS:
        found.extend(check(draft, context, before))
    return found


def _date(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    program = context.program
    if draft.date > context.today:
        yield Problem("date", str(SENTENCES["future"]))
    elif draft.date < program.start:
        yield Problem(
            "date",
            SENTENCES["before_start"] % {"program": program.name, "day": _day(program.start)},
        )
    elif program.end and draft.date > program.end:
        yield Problem(
            "date",
            SENTENCES["after_end"] % {"program": program.name, "day": _day(program.end)},
        )


def _worker(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    worker = context.team.get(draft.worker_id)
    if worker is None:
        yield Problem("worker_id", _("Cette personne n'écrit pas dans le journal de ce programme."))
    elif worker.start and draft.date < worker.start:
        yield Problem(
            "date",
            _("%(worker)s fait partie du programme depuis le %(day)s : choisissez une date à partir de ce jour.")
            % {"worker": worker.label, "day": _day(worker.start)},
        )
    elif worker.end and draft.date > worker.end:
        yield Problem(
            "date",
            _("%(worker)s a quitté le programme le %(day)s : choisissez une date jusqu'à ce jour.")
            % {"worker": worker.label, "day": _day(worker.end)},
        )


def _place(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    if draft.site_id is None:
        if draft.mrc_id is None:
            yield Problem("site_id", str(SENTENCES["no_place"]))
        elif draft.mrc_id not in context.mrcs and not (before and before.mrc_id == draft.mrc_id):
            yield Problem("mrc_id", _("Cette MRC n'est pas dans le territoire de %s.") % context.program.name)
        return
    if before and before.site_id == draft.site_id:
        return
    site = context.sites.get(draft.site_id)
    if site is None:
        yield Problem("site_id", _("Ce milieu n'est pas couvert par %s.") % context.program.name)
    elif site.closed_on and draft.date > site.closed_on:
        yield Problem("site_id", _("Ce milieu est fermé depuis le %s.") % _day(site.closed_on))
    elif site.mrc_id is None and draft.mrc_id not in context.mrcs:
        yield Problem("mrc_id", _("La MRC de ce milieu n'est pas connue : choisissez-la."))


def _fields(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    for rule in ENTRY:
        if rule.kind not in ("count", "one", "text"):
            continue
        yield from _value(rule, getattr(draft, rule.name), rule.name)


def _value(rule: Rule, value: Any, field: str) -> Iterator[Problem]:
    if rule.kind == "count":
        if value is None:
            if rule.required:
                yield Problem(field, SENTENCES["no_count"] % rule.label)
        elif not rule.low <= value <= rule.high:
            yield Problem(
                field,
                SENTENCES["bounds"] % {"field": rule.label, "low": _number(rule.low), "high": _number(rule.high)},
            )
    elif rule.kind == "one":
        if not value and rule.required:
            yield Problem(field, SENTENCES["no_choice"] % rule.label)
        elif value and value not in {code for code, _label in rule.choices}:
            yield Problem(
                field, _("%(field)s : « %(value)s » n'est pas un choix.") % {"field": rule.label, "value": value}
            )
    elif len(value) > rule.high:
        yield Problem(
            field,
            SENTENCES["long_note"] % {"length": _number(len(value)), "high": _number(rule.high)},
        )


def _conditions(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    for rule in ENTRY:
        if rule.when and getattr(draft, rule.name) not in (None, "") and getattr(draft, rule.when[0]) != rule.when[1]:
            yield Problem(rule.name, _("%s : à remplir seulement pour une intervention collective.") % rule.label)


def _counts(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    if draft.persons is None:
        return
    if draft.nature == Nature.INDIVIDUAL and draft.persons == 0:
        yield Problem("persons", str(SENTENCES["nobody"]))
    if None not in (draft.participants, draft.participations) and draft.participations < draft.participants:
        yield Problem("participations", str(SENTENCES["participations"]))
    most = max((referral.persons for referral in draft.referrals), default=0)
    total = sum(referral.persons for referral in draft.referrals)
    referred = draft.distinct_referred
    if referred > draft.persons >= 0:
        yield Problem(
            "persons_referred",
            SENTENCES["referred_over_persons"] % {"referred": _number(referred), "persons": _number(draft.persons)},
        )
    elif draft.referrals and referred < most:
        yield Problem("persons_referred", SENTENCES["referred_under_most"] % _number(most))
    elif draft.referrals and referred > total:
        yield Problem(
            "persons_referred",
            SENTENCES["referred_over_total"] % _number(total),
        )


def _codes(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    kept = _kept(before)
    for vocabulary, codes in draft.terms.items():
        if vocabulary not in MANY:
            yield Problem(str(vocabulary), _("« %s » n'est pas un vocabulaire à plusieurs choix.") % vocabulary)
            continue
        for code in codes:
            yield from _code(vocabulary, code, str(vocabulary), draft.date, context, kept)
    for name in ("contact_place", "collective_kind"):
        if code := getattr(draft, name):
            yield from _code(BY_NAME[name].vocabulary, code, name, draft.date, context, kept)


def _links(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    body = draft.tenant_body_id
    if body is not None and not (before and before.tenant_body_id == body) and body not in context.tenant_bodies:
        yield Problem("tenant_body_id", _("Cette instance de locataires n'est pas dans un milieu du programme."))


def _referrals(draft: EntryDraft, context: DraftContext, before: EntryDraft | None) -> Iterator[Problem]:
    if len(draft.referrals) > MAX_REFERRALS:
        yield Problem("referrals", SENTENCES["many_referrals"] % _number(MAX_REFERRALS))
    kept = _kept(before)
    for place, referral in enumerate(draft.referrals):
        yield from _referral(f"referrals.{place}", referral, draft.date, context, kept)


def _referral(
    path: str, referral: ReferralDraft, day: date, context: DraftContext, kept: set[tuple[str, str]]
) -> Iterator[Problem]:
    for name in ("destination", "need", "kind"):
        code, rule = getattr(referral, name), REFERRAL_BY_NAME[name]
        if code:
            yield from _code(rule.vocabulary, code, f"{path}.{name}", day, context, kept)
        elif rule.required:
            yield Problem(f"{path}.{name}", str(SENTENCES["no_destination"]))
    yield from _value(REFERRAL_BY_NAME["persons"], referral.persons, f"{path}.persons")
    if (referral.organization_id or referral.service_id) and not context.targets.name_of(referral):
        yield Problem(f"{path}.organization_id", _("Ce service ou cette organisation n'est pas au répertoire."))


def _code(
    vocabulary: str, code: str, field: str, day: date, context: DraftContext, kept: set[tuple[str, str]]
) -> Iterator[Problem]:
    term = context.terms.get((vocabulary, code))
    if term is None:
        yield Problem(
            field,
            _("« %(code)s » n'est pas dans le vocabulaire « %(vocabulary)s ».")
            % {"code": code, "vocabulary": VocabularyKind(vocabulary).label},
        )
    elif not context.usable(term, day) and (vocabulary, code) not in kept:
        yield Problem(
            field,
            _("« %(label)s » ne s'emploie pas à la date du %(day)s.") % {"label": term.label, "day": _day(day)},
        )


def _kept(before: EntryDraft | None) -> set[tuple[str, str]]:
    if before is None:
        return set()
    found = {(kind, code) for kind, codes in before.terms.items() for code in codes}
    found |= {(BY_NAME[name].vocabulary, getattr(before, name)) for name in ("contact_place", "collective_kind")}
    for referral in before.referrals:
        found |= {(REFERRAL_BY_NAME[n].vocabulary, getattr(referral, n)) for n in ("destination", "need", "kind")}
    return found


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def _number(value: int | None) -> str:
    return formats.number_format(value, use_l10n=True, force_grouping=True)


Check = Callable[[EntryDraft, DraftContext, EntryDraft | None], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    _date,
    _worker,
    _place,
    _fields,
    _conditions,
    _counts,
    _codes,
    _links,
    _referrals,
)
