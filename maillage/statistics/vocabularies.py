"""The codes that a programme's portrait shows, with their labels, their order and what they are part of."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from maillage.programs.models import Program, Term
from maillage.territories.enums import Level
from maillage.territories.models import Division


@dataclass(frozen=True, slots=True)
class Word:
    """A code as the portrait shows it. `is_current` says whether it may be used in the period, so is shown at zero."""

    code: str
    label: str
    parent: str = ""
    is_current: bool = True


@dataclass(slots=True)
class Vocabulary:
    """Words in the order they are shown: each root, then its parts."""

    words: list[Word] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """All codes."""
        return {word.code for word in self.words}

    def family(self, code: str) -> tuple[str, ...]:
        """`code` and the codes that are part of it."""
        return (code, *(word.code for word in self.words if word.parent == code))

    @property
    def unions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Roots that have parts, each with its family."""
        parents = dict.fromkeys(word.parent for word in self.words if word.parent)
        return tuple((code, self.family(code)) for code in parents)


def vocabularies(program: Program, start: date, end: date) -> dict[str, Vocabulary]:
    """The vocabularies of the programme's frame, by kind; words are current if valid at some time of the period."""
    terms = list(Term.objects.filter(frame_id=program.frame_id).order_by("vocabulary", "position", "id"))
    codes = {term.pk: term.code for term in terms}
    found: dict[str, list[Word]] = defaultdict(list)
    for term in terms:
        current = (term.valid_from is None or term.valid_from <= end) and (
            term.valid_to is None or term.valid_to >= start
        )
        found[term.vocabulary].append(Word(term.code, term.label, codes.get(term.parent_id or 0, ""), current))
    return {kind: Vocabulary(_by_family(words)) for kind, words in found.items()}


def _by_family(words: list[Word]) -> list[Word]:
    roots = [word for word in words if not word.parent]
    return [shown for root in roots for shown in (root, *(word for word in words if word.parent == root.code))]


def territory_of(program: Program) -> Vocabulary:
    """The MRC of the programme's territory, by code; empty where the programme has no territory."""
    if program.territory_id is None:
        return Vocabulary()
    whole = program.territory_id
    within = Q(pk=whole) | Q(parent=whole) | Q(parent__parent=whole)
    found = Division.objects.at(Level.MRC).filter(within).order_by("code").values_list("code", "name")
    return Vocabulary([Word(code, name) for code, name in found])
