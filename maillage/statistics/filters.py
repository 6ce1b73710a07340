"""What a reader asks a portrait for, checked: period, territory, and for the team the journal's own filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.text import as_uid
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Program
from maillage.tables.engine import AtLeast, Condition, Days, OneOf
from maillage.territories.models import HousingSite

from .vocabularies import Vocabulary

# Names that the journal's list gives to its filters → dimension of the facts, and vocabulary whose parts count with it.
NAMES: dict[str, tuple[str, VocabularyKind | None]] = {
    "nature": ("nature", None),
    "tenure": ("tenure", None),
    "intervenant": ("worker", None),
    "collectif": ("collective_kind", VocabularyKind.COLLECTIVE_KIND),
    "lieu": ("contact_place", VocabularyKind.CONTACT_PLACE),
    "action": ("action", VocabularyKind.ACTION),
    "theme": ("theme", VocabularyKind.THEME),
    "groupe": ("group", VocabularyKind.GROUP),
    "axe": ("axis", VocabularyKind.AXIS),
    "succes": ("success", VocabularyKind.SUCCESS),
    "besoin": ("referral.need", VocabularyKind.NEED),
    "destination": ("referral.destination", VocabularyKind.DESTINATION),
}
SITE, REFERRED = "milieu", "refere"


@dataclass(frozen=True, slots=True)
class Scope:
    """A checked question: `filters` maps a name of `NAMES`, « milieu » or « refere » to the values asked."""

    start: date
    end: date
    territory: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)


def whole_end(program: Program) -> date:
    """The last day of the programme's period; today while it has none."""
    return program.end or max(date.today(), program.start)


def scope(
    program: Program,
    start: date | None,
    end: date | None,
    territory: str,
    filters: Mapping[str, Sequence[str]] | None,
    divisions: Vocabulary,
) -> Scope:
    """The question with its defaults; `Refused`, in a sentence, when it makes no sense."""
    first, last = start or program.start, end or whole_end(program)
    if first > last:
        raise Refused(
            _("La période finit le %(end)s, avant de commencer le %(start)s : inversez les deux dates.")
            % {"start": date_format(first, "j F Y"), "end": date_format(last, "j F Y")}
        )
    if territory and territory not in divisions.codes:
        raise Refused(
            _("Le code « %(code)s » n'est pas celui d'une MRC du programme « %(program)s ».")
            % {"code": territory, "program": program.name}
        )
    asked = {name: tuple(values) for name, values in (filters or {}).items() if values}
    unknown = [name for name in asked if name not in NAMES and name not in (SITE, REFERRED)]
    if unknown:
        raise Refused(_("Le portrait n'a pas de filtre « %(name)s ».") % {"name": unknown[0]})
    return Scope(first, last, territory, asked)


def conditions(program: Program, asked: Scope, vocabularies: Mapping[str, Vocabulary]) -> list[Condition]:
    """The question as the engine takes it."""
    found: list[Condition] = [OneOf("program", (str(program.pk),)), Days(asked.start, asked.end)]
    if asked.territory:
        found.append(OneOf("mrc", (asked.territory,)))
    for name, values in asked.filters.items():
        if name == REFERRED:
            found.append(AtLeast("persons_referred", 1))
        elif name == SITE:
            sites = (
                HousingSite.objects.filter(uid__in=[as_uid(value) for value in values if as_uid(value)])
                .order_by()
                .values_list("pk", flat=True)
            )
            found.append(OneOf("site", tuple(str(pk) for pk in sites)))
        else:
            dimension, kind = NAMES[name]
            vocabulary = vocabularies.get(kind, Vocabulary()) if kind else Vocabulary()
            codes = dict.fromkeys(code for value in values for code in vocabulary.family(value))
            found.append(OneOf(dimension, tuple(codes)))
    return found
