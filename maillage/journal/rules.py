"""The rules of the entry form, declared once: the server checks them, the page and its script read them as data.

A rule says what a field holds, its bounds, and when it has a meaning. What needs the programme (dates, sites, codes)
stands in `validation`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.programs.enums import VocabularyKind

from .enums import (
    MAX_MINUTES,
    MAX_NOTE,
    MAX_PARTICIPATIONS,
    MAX_PERSONS,
    TRANSFERRED,
    ContactInitiative,
    ContactRank,
    Nature,
)

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Rule:
    """One field. `kind` is date, one (a choice), many, term, terms, count, text, link, flag (yes or nothing) or uid;
    `when` is the field and the value without which this one has no meaning."""

    name: str
    label: Label
    kind: str
    required: bool = False
    low: int | None = None
    high: int | None = None
    vocabulary: str = ""
    choices: tuple[tuple[str, Label], ...] = ()
    when: tuple[str, str] | None = None
    help: Label = ""


_COLLECTIVE = ("nature", Nature.COLLECTIVE.value)

ENTRY: tuple[Rule, ...] = (
    Rule("date", _("Date"), "date", required=True),
    Rule("worker_id", _("Intervenant·e"), "link", required=True),
    Rule("site_id", _("Milieu"), "link"),
    Rule("mrc_id", _("MRC"), "link", help=_("Seulement quand l'intervention n'est pas dans un milieu d'habitation.")),
    Rule("nature", _("Nature"), "one", required=True, choices=tuple(Nature.choices)),
    Rule("action", _("Actions"), "terms", vocabulary=VocabularyKind.ACTION),
    Rule("persons", _("Personnes rejointes"), "count", required=True, low=0, high=MAX_PERSONS),
    Rule("group", _("Groupes rejoints"), "terms", vocabulary=VocabularyKind.GROUP),
    Rule("theme", _("Thèmes"), "terms", vocabulary=VocabularyKind.THEME),
    Rule("minutes", _("Durée en minutes"), "count", low=0, high=MAX_MINUTES),
    Rule("axis", _("Axes de service"), "terms", vocabulary=VocabularyKind.AXIS),
    Rule("contact_place", _("Lieu du contact"), "term", vocabulary=VocabularyKind.CONTACT_PLACE),
    Rule("contact_rank", _("Contact"), "one", choices=tuple(ContactRank.choices)),
    Rule("contact_initiative", _("Initiative"), "one", choices=tuple(ContactInitiative.choices)),
    Rule("success", _("Petits succès"), "terms", vocabulary=VocabularyKind.SUCCESS),
    Rule(
        "collective_kind",
        _("Type d'action collective"),
        "term",
        vocabulary=VocabularyKind.COLLECTIVE_KIND,
        when=_COLLECTIVE,
    ),
    Rule(
        "participants",
        _("Participants distincts"),
        "count",
        low=0,
        high=MAX_PARTICIPATIONS,
        when=_COLLECTIVE,
        help=_("Chaque personne compte une fois."),
    ),
    Rule(
        "participations",
        _("Participations"),
        "count",
        low=0,
        high=MAX_PARTICIPATIONS,
        when=_COLLECTIVE,
        help=_("Une même personne compte chaque fois qu'elle vient."),
    ),
    Rule("tenant_body_id", _("Instance de locataires"), "link", when=_COLLECTIVE),
    Rule(
        "persons_referred",
        _("Personnes distinctes référées"),
        "count",
        low=0,
        high=MAX_PERSONS,
        help=_("Laissez vide : le compte se fait d'après les références."),
    ),
    Rule("note", _("Note"), "text", high=MAX_NOTE),
)

REFERRAL: tuple[Rule, ...] = (
    Rule("destination", _("Destination"), "term", required=True, vocabulary=VocabularyKind.DESTINATION),
    Rule("organization_id", _("Service ou organisation"), "link"),
    Rule("need", _("Besoin"), "term", vocabulary=VocabularyKind.NEED),
    Rule("kind", _("Forme"), "term", vocabulary=VocabularyKind.REFERRAL_KIND),
    Rule("persons", _("Personnes"), "count", required=True, low=1, high=MAX_PERSONS),
    Rule(
        "consent",
        _("La personne est d'accord pour que sa demande soit transmise"),
        "flag",
        when=("kind", TRANSFERRED),
        help=_("Sans nom ni coordonnées : le besoin, la langue, le nombre de personnes et le code de la fiche."),
    ),
    Rule("uid", _("Identifiant de la référence"), "uid"),
)

BY_NAME = {rule.name: rule for rule in ENTRY}
REFERRAL_BY_NAME = {rule.name: rule for rule in REFERRAL}


def as_json() -> dict[str, list[dict[str, Any]]]:
    """The rules as the page's script reads them."""
    return {"entry": [_plain(rule) for rule in ENTRY], "referral": [_plain(rule) for rule in REFERRAL]}


def _plain(rule: Rule) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": rule.name, "label": str(rule.label), "kind": rule.kind, "required": rule.required}
    shown |= {key: getattr(rule, key) for key in ("low", "high", "when") if getattr(rule, key) is not None}
    return shown
