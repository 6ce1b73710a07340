"""Every table of the portrait: what it counts, of what, and out of what (its denominator).

The list is the contract's; the ids and units never change. What a table needs from the facts is a `CrossTab`, so that
page, chart, file and command line ask the same question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from maillage.journal.enums import ContactRank, Nature
from maillage.programs.enums import Role, VocabularyKind
from maillage.tables.engine import COUNT, MONTH, CrossTab, OneOf
from maillage.territories.enums import Tenure

from .vocabularies import Vocabulary, Word

HEALTH, COMMUNITY = "health", "community"
INDIVIDUAL = OneOf("nature", (Nature.INDIVIDUAL.value,))
COLLECTIVE = OneOf("nature", (Nature.COLLECTIVE.value,))
FACTS = "journal_entry"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table counted from the facts. `words` is a kind of vocabulary, or choices; `of` names its denominator."""

    id: str
    title: Any
    unit: str
    dimension: str
    words: VocabularyKind | type[TextChoices]
    of: Any
    multiple: bool = False
    crossed: bool = False
    child: str | None = None
    where: tuple[OneOf, ...] = ()
    destination: str = ""
    measure: str = COUNT
    scale: float = 1.0

    def vocabulary(self, vocabularies: Mapping[str, Vocabulary]) -> Vocabulary:
        """The rows' codes and labels."""
        if isinstance(self.words, VocabularyKind):
            return vocabularies.get(self.words, Vocabulary())
        return Vocabulary([Word(choice.value, str(choice.label)) for choice in self.words])

    def tab(self, vocabularies: Mapping[str, Vocabulary]) -> CrossTab:
        """The question to the engine."""
        where = self.where
        if self.destination:
            destinations = vocabularies.get(VocabularyKind.DESTINATION, Vocabulary())
            where = (*where, OneOf("destination", destinations.family(self.destination)))
        return CrossTab(
            id=self.id,
            rows=self.dimension,
            columns=self.dimension if self.crossed else None,
            child=self.child,
            measures=() if self.measure == COUNT else (self.measure,),
            where=where,
            unions=self.vocabulary(vocabularies).unions,
        )


_ENTRIES = _("toutes les interventions")
_COLLECTIVE = _("les interventions collectives")

TABLES: dict[str, TableDefinition] = {
    definition.id: definition
    for definition in (
        TableDefinition("tenure", _("Mode d'occupation du milieu"), "entries", "tenure", Tenure, _ENTRIES),
        TableDefinition(
            "groups_reached", _("Groupes rejoints"), "entries", "group", VocabularyKind.GROUP, _ENTRIES, multiple=True
        ),
        TableDefinition("nature", _("Nature des interventions"), "entries", "nature", Nature, _ENTRIES),
        TableDefinition(
            "referral_destination",
            _("Destination des références"),
            "referrals",
            "destination",
            VocabularyKind.DESTINATION,
            _("toutes les références"),
            child="referral",
        ),
        TableDefinition(
            "referral_need_health",
            _("Besoins des personnes référées aux services du CISSS"),
            "referrals",
            "need",
            VocabularyKind.NEED,
            _("les références vers les services du CISSS"),
            child="referral",
            destination=HEALTH,
        ),
        TableDefinition(
            "referral_need_community",
            _("Besoins des personnes référées aux organismes communautaires"),
            "referrals",
            "need",
            VocabularyKind.NEED,
            _("les références vers les organismes communautaires"),
            child="referral",
            destination=COMMUNITY,
        ),
        TableDefinition(
            "referral_kind",
            _("Forme des références"),
            "referrals",
            "kind",
            VocabularyKind.REFERRAL_KIND,
            _("toutes les références"),
            child="referral",
        ),
        TableDefinition(
            "collective_kind",
            _("Types d'action collective"),
            "entries",
            "collective_kind",
            VocabularyKind.COLLECTIVE_KIND,
            _COLLECTIVE,
            where=(COLLECTIVE,),
        ),
        TableDefinition(
            "participations",
            _("Participations aux actions collectives"),
            "participations",
            "collective_kind",
            VocabularyKind.COLLECTIVE_KIND,
            _("toutes les participations"),
            where=(COLLECTIVE,),
            measure="participations",
        ),
        TableDefinition(
            "action",
            _("Actions du cadre de référence"),
            "entries",
            "action",
            VocabularyKind.ACTION,
            _ENTRIES,
            multiple=True,
        ),
        TableDefinition("themes", _("Thèmes"), "entries", "theme", VocabularyKind.THEME, _ENTRIES, multiple=True),
        TableDefinition(
            "contact_place", _("Lieux de contact"), "entries", "contact_place", VocabularyKind.CONTACT_PLACE, _ENTRIES
        ),
        TableDefinition(
            "contact_rank",
            _("Premier contact ou contact suivi"),
            "entries",
            "contact_rank",
            ContactRank,
            _("les interventions où le contact est précisé"),
            where=(OneOf("contact_rank", tuple(ContactRank.values)),),
        ),
        TableDefinition(
            "success", _("Petits succès"), "entries", "success", VocabularyKind.SUCCESS, _ENTRIES, multiple=True
        ),
        TableDefinition("axes", _("Axes de service"), "entries", "axis", VocabularyKind.AXIS, _ENTRIES, multiple=True),
        TableDefinition(
            "axes_crossing",
            _("Croisement des axes de service"),
            "entries",
            "axis",
            VocabularyKind.AXIS,
            _ENTRIES,
            multiple=True,
            crossed=True,
        ),
        TableDefinition(
            "logged_hours_by_role",
            _("Heures inscrites au journal par rôle"),
            "hours",
            "role",
            Role,
            _("toutes les heures inscrites au journal"),
            measure="minutes",
            scale=1 / 60,
        ),
    )
}

# Tables that are put together from more than one column or from the programme's own set-up.
PERSONS = CrossTab("persons_referred", rows="nature", measures=("persons", "persons_referred"), where=(INDIVIDUAL,))
TERRITORY = CrossTab("territory", rows="mrc")
MONTHLY = CrossTab("monthly", rows=MONTH)

ORDER = (
    "tenure",
    "groups_reached",
    "nature",
    "persons_referred",
    "referral_destination",
    "referral_need_health",
    "referral_need_community",
    "referral_kind",
    "collective_kind",
    "participations",
    "action",
    "themes",
    "contact_place",
    "contact_rank",
    "success",
    "axes",
    "axes_crossing",
    "territory",
    "coverage",
    "coverage_tenure",
    "hours_by_role",
    "logged_hours_by_role",
    "monthly",
)


def questions(vocabularies: Mapping[str, Vocabulary]) -> list[CrossTab]:
    """All that a portrait asks of the facts."""
    return [*(definition.tab(vocabularies) for definition in TABLES.values()), PERSONS, TERRITORY, MONTHLY]
