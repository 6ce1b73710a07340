"""The filters of the journal's list, as they stand in the address: the portrait's figures link to them by these names.

Values of one filter add up (or), filters narrow each other (and). A code that is a parent takes its parts with it.
An unknown value is shown and finds nothing: a filter is never silently dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.text import stems
from maillage.programs.enums import Role, VocabularyKind
from maillage.territories.enums import Tenure

from .context import DraftContext
from .enums import Nature
from .models import Entry, EntryTerm, Referral

Label = str | Promise

# Filters on codes, by their name in the address.
MANY_TERMS = {
    "action": VocabularyKind.ACTION,
    "theme": VocabularyKind.THEME,
    "groupe": VocabularyKind.GROUP,
    "axe": VocabularyKind.AXIS,
    "succes": VocabularyKind.SUCCESS,
}
ONE_TERM = {
    "collectif": ("collective_kind", VocabularyKind.COLLECTIVE_KIND),
    "lieu": ("contact_place", VocabularyKind.CONTACT_PLACE),
}
REFERRAL_TERMS = {
    "besoin": ("need", VocabularyKind.NEED),
    "destination": ("destination", VocabularyKind.DESTINATION),
}
VOCABULARIES = MANY_TERMS | {k: v[1] for k, v in ONE_TERM.items()} | {k: v[1] for k, v in REFERRAL_TERMS.items()}
LABELS: dict[str, Label] = {
    "q": gettext_lazy("Recherche"),
    "du": gettext_lazy("Du"),
    "au": gettext_lazy("Au"),
    "intervenant": gettext_lazy("Intervenant·e"),
    "milieu": gettext_lazy("Milieu"),
    "mrc": gettext_lazy("MRC"),
    "tenure": gettext_lazy("Mode d'occupation"),
    "nature": gettext_lazy("Nature"),
    "action": gettext_lazy("Action"),
    "groupe": gettext_lazy("Groupe rejoint"),
    "theme": gettext_lazy("Thème"),
    "axe": gettext_lazy("Axe de service"),
    "lieu": gettext_lazy("Lieu du contact"),
    "succes": gettext_lazy("Petit succès"),
    "collectif": gettext_lazy("Type d'action collective"),
    "destination": gettext_lazy("Destination des références"),
    "besoin": gettext_lazy("Besoin"),
    "refere": gettext_lazy("Références"),
}
USUAL_SORT = "recentes"
SORTS: dict[str, tuple[Label, tuple[Any, ...]]] = {
    "recentes": (gettext_lazy("Les plus récentes d'abord"), ("-date", "-id")),
    "anciennes": (gettext_lazy("Les plus anciennes d'abord"), ("date", "id")),
    "personnes": (gettext_lazy("Le plus de personnes d'abord"), ("-persons", "-date", "-id")),
    "durees": (gettext_lazy("Les plus longues d'abord"), (F("minutes").desc(nulls_last=True), "-date", "-id")),
    "milieux": (gettext_lazy("Par milieu"), (F("site__search").asc(nulls_last=True), "site__name", "-date", "-id")),
}


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter in force: what it says, and the address without it."""

    label: Label
    value: Any
    remove: str


@dataclass
class JournalFilters:
    """The filters of one request."""

    data: QueryDict
    context: DraftContext
    actor: Any
    problems: list[str] = field(default_factory=list)

    @cached_property
    def days(self) -> Mapping[str, date | None]:
        """The bounds of the period; a text that is no date is told and left aside."""
        found: dict[str, date | None] = {}
        for name in ("du", "au"):
            given = self.data.get(name, "").strip()
            found[name] = None
            if given:
                try:
                    found[name] = date.fromisoformat(given)
                except ValueError:
                    self.problems.append(
                        _("« %s » n'est pas une date : écrivez-la AAAA-MM-JJ. Ce filtre est laissé de côté.") % given
                    )
        if found["du"] and found["au"] and found["du"] > found["au"]:
            self.problems.append(
                _("Le début de la période vient après sa fin : aucune intervention ne peut s'y trouver.")
            )
        return found

    def values(self, name: str) -> list[str]:
        """What the address says of a filter, without blanks or repetition."""
        return list(dict.fromkeys(value.strip() for value in self.data.getlist(name) if value.strip()))

    @property
    def query(self) -> str:
        """The words searched."""
        return self.data.get("q", "").strip()[:200]

    @property
    def sort(self) -> str:
        """The name of the order."""
        return self.data.get("tri") if self.data.get("tri") in SORTS else USUAL_SORT

    @property
    def reads_all_notes(self) -> bool:
        """Whether the person reads every note: the coordination."""
        return any(m.role == Role.COORDINATOR for m in self.context.own(self.actor))

    def reads_note(self, worker_id: int, created_by: int | None) -> bool:
        """Whether the person reads the note of an entry of this membership, written by this user."""
        worker = self.context.team.get(worker_id)
        return self.reads_all_notes or self.actor.pk in (created_by, worker.user_id if worker else None)

    def entries(self) -> QuerySet[Entry]:
        """Entries that the person may see and that every filter keeps, in the order asked."""
        found = Entry.objects.visible_to(self.actor).filter(program=self.context.program)
        for condition in self._conditions():
            found = found.filter(condition)
        return found.order_by(*SORTS[self.sort][1])

    def _conditions(self) -> list[Any]:
        found: list[Any] = []
        if self.days["du"]:
            found.append(Q(date__gte=self.days["du"]))
        if self.days["au"]:
            found.append(Q(date__lte=self.days["au"]))
        for name, lookup in _DIRECT.items():
            if values := self.values(name):
                found.append(lookup(values, self.context))
        for name, kind in MANY_TERMS.items():
            if values := self.values(name):
                links = EntryTerm.objects.filter(term__in=self.term_ids(kind, values)).order_by()
                found.append(Q(pk__in=links.values("entry")))
        for name, (column, kind) in ONE_TERM.items():
            if values := self.values(name):
                found.append(Q(**{f"{column}__in": self.term_ids(kind, values)}))
        found += self._referral_conditions()
        found += [self._word(stem) for stem in stems(self.query).split()]
        return found

    @property
    def referrals(self) -> QuerySet[Referral] | None:
        """Referrals that satisfy all that is asked of referrals; None when nothing is."""
        asked = {
            f"{column}__in": self.term_ids(kind, self.values(name))
            for name, (column, kind) in REFERRAL_TERMS.items()
            if self.values(name)
        }
        return Referral.objects.filter(**asked).order_by() if asked else None

    @property
    def asks_referred(self) -> bool:
        """Whether only entries with persons referred are asked."""
        return self.data.get("refere") == "1"

    def _referral_conditions(self) -> list[Any]:
        found = [] if self.referrals is None else [Q(pk__in=self.referrals.values("entry"))]
        return [*found, Q(persons_referred__gt=0)] if self.asks_referred else found

    def _word(self, stem: str) -> Q:
        anywhere, note = Q(search__contains=f" {stem}"), Q(note_search__contains=f" {stem}")
        if self.reads_all_notes:
            return anywhere | note
        mine = [m.pk for m in self.context.team.values() if m.user_id == self.actor.pk]
        return anywhere | (note & (Q(worker__in=mine) | Q(created_by_id=self.actor.pk)))

    def term_ids(self, kind: str, codes: Sequence[str]) -> list[int]:
        """Numbers of the terms that bear these codes, with their parts."""
        terms = self.context.vocabularies.get(str(kind), [])
        wanted = {term.pk for term in terms if term.code in codes}
        grown = -1
        while grown != len(wanted):
            grown = len(wanted)
            wanted |= {term.pk for term in terms if term.parent_id in wanted}
        return sorted(wanted)

    def applied(self) -> list[Applied]:
        """Filters in force, in the order of the form, each with the address that removes it."""
        found = []
        for name, label in LABELS.items():
            for value in self.values(name):
                if name in ("du", "au") and self.days[name] is None:
                    continue
                if name == "refere" and value != "1":
                    continue
                found.append(Applied(label, self._shown(name, value), self.address(without=(name, value))))
        return found

    def _shown(self, name: str, value: str) -> Any:
        if name in ("du", "au"):
            return formats.date_format(self.days[name], "DATE_FORMAT")
        if name == "refere":
            return _("avec au moins une personne référée")
        if name in VOCABULARIES:
            term = self.context.terms.get((str(VOCABULARIES[name]), value))
            return term.label if term else _("%s (inconnu)") % value
        known = _SHOWN[name](value, self.context) if name in _SHOWN else value
        return known or _("%s (inconnu)") % value

    def address(self, without: tuple[str, str] | None = None, **changes: str) -> str:
        """The query string of these filters, one value left out or some set; « ? » when nothing is left."""
        kept = [
            (name, value)
            for name in ["programme", *LABELS, "tri"]
            for value in self.values(name)
            if (name, value) not in (without, ("tri", USUAL_SORT)) and name not in changes
        ]
        return "?" + urlencode(kept + list(changes.items()))

    def clear(self) -> str:
        """The address without any filter; the programme and the order stay."""
        kept = [(name, value) for name in ("programme", "tri") for value in self.values(name)]
        return "?" + urlencode(kept)


def _people(values: Sequence[str], context: DraftContext) -> Q:
    return Q(worker__in=[int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18])


def _sites(values: Sequence[str], context: DraftContext) -> Q:
    return Q(site__in=[number for number, site in context.sites.items() if str(site.uid) in values])


_DIRECT: dict[str, Callable[[Sequence[str], DraftContext], Q]] = {
    "intervenant": _people,
    "milieu": _sites,
    "mrc": lambda values, context: Q(mrc__code__in=values),
    "tenure": lambda values, context: Q(tenure__in=values),
    "nature": lambda values, context: Q(nature__in=values),
}


def _person(value: str, context: DraftContext) -> str:
    return next((m.label for number, m in context.team.items() if str(number) == value), "")


def _site(value: str, context: DraftContext) -> str:
    return next((site.name for site in context.sites.values() if str(site.uid) == value), "")


def _mrc(value: str, context: DraftContext) -> str:
    return next((division.name for division in context.mrcs.values() if division.code == value), "")


_SHOWN: dict[str, Callable[[str, DraftContext], Any]] = {
    "intervenant": _person,
    "milieu": _site,
    "mrc": _mrc,
    "tenure": lambda value, context: dict(Tenure.choices).get(value),
    "nature": lambda value, context: dict(Nature.choices).get(value),
    "q": lambda value, context: f"« {value} »",
}
