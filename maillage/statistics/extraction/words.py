"""The codes that an extract may show, with their labels in both languages and the family of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.journal.enums import Nature
from maillage.programs.enums import Role
from maillage.programs.models import Program, Term
from maillage.statistics.periods import bounds_of
from maillage.statistics.periods import words as period_words
from maillage.territories.enums import Level, Tenure
from maillage.territories.models import Division

Labels = tuple[str, str]
NOT_OMH = "other_than_omh"
CHOICES: dict[str, Any] = {"nature": Nature, "tenure": Tenure, "role": Role}


def both(say: Callable[[], Any]) -> Labels:
    """What `say` says in French and in English."""
    found = []
    for language in ("fr", "en"):
        with override(language):
            found.append(str(say()))
    return found[0], found[1]


@dataclass(slots=True)
class Words:
    """Labels by vocabulary and code, the root of each code, and the codes that are sensitive or in use."""

    labels: dict[tuple[str, str], Labels] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    sensitive: set[tuple[str, str]] = field(default_factory=set)
    order: dict[str, list[str]] = field(default_factory=dict)

    def label(self, vocabulary: str, code: str) -> Labels:
        """The labels of a code; the code itself where it is unknown."""
        return self.labels.get((vocabulary, code), (code, code))

    def root(self, vocabulary: str, code: str) -> str:
        """The code that `code` is part of, or itself."""
        return self.parents.get((vocabulary, code)) or code


def words_of(program: Program) -> Words:
    """The words of the programme's frame and of the territory, as they are today."""
    found = Words()
    terms = list(Term.objects.filter(frame_id=program.frame_id).order_by("vocabulary", "position", "id"))
    codes = {term.pk: term.code for term in terms}
    for term in terms:
        key = (term.vocabulary, term.code)
        found.labels[key] = (term.label_fr, term.label_en or term.label_fr)
        found.parents[key] = codes.get(term.parent_id or 0, "")
        found.order.setdefault(term.vocabulary, []).append(term.code)
        if term.is_sensitive:
            found.sensitive.add(key)
    for name, choices in CHOICES.items():
        for choice in choices:
            found.labels[name, choice.value] = both(partial(getattr, choice, "label"))
    found.labels["tenure", NOT_OMH] = both(lambda: _("Autre que l'office"))
    for code, name in Division.objects.filter(level=Level.MRC).order_by("code").values_list("code", "name"):
        found.labels["mrc", code] = (name, name)
    return found


def of_period(text: str) -> Labels:
    """« 2014-03 », « 2014-Q1 », « 2014 » in words."""
    year, _dash, part = text.partition("-")
    return both(lambda: period_words(*bounds_of(int(year), part.replace("Q", "t"))))


def of_month(text: str) -> str:
    """« mars 2014 », in the language in force."""
    return period_words(*bounds_of(int(text[:4]), text[5:]))


def of_persons(text: str) -> Labels:
    """A band of persons in words."""
    words = {
        "0": lambda: _("aucune"),
        "1": lambda: _("une personne"),
        "2_to_4": lambda: _("de 2 à 4 personnes"),
        "5_to_9": lambda: _("de 5 à 9 personnes"),
        "10_up": lambda: _("10 personnes et plus"),
        "0_or_1": lambda: _("une personne au plus"),
        "2_up": lambda: _("plusieurs personnes"),
    }
    return both(words[text])


def of_number(text: str) -> Labels:
    """How many groups, in words."""
    words = {"0": lambda: _("aucun groupe"), "1": lambda: _("un groupe"), "2_up": lambda: _("plusieurs groupes")}
    return both(words[text])
