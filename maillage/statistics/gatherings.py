"""The portrait of a programme's meetings and trainings: how many, how long, who took part as what.

As in the portrait of the journal, the team reads exact figures and other members protected ones, by the same cell keys
(docs/explanation/algorithms/live-protection.md). Hours, distinct persons and one MRC are for the team alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import Capacity, MeetingKind
from maillage.concertation.facts import Held, TakingPart, took_place
from maillage.core.errors import Refused
from maillage.journal.facts import RECORD_KEY
from maillage.programs.models import Program
from maillage.tables.engine import CrossTab

from . import assembly, closed_set
from .counting import counts_by_code
from .definitions import TableDefinition
from .filters import scope
from .permissions import reading
from .portrait import Portrait, Row, Table
from .protection import masked, protect
from .vocabularies import Vocabulary, territory_of

MEETINGS = TableDefinition(
    "meetings",
    gettext_lazy("Rencontres et formations tenues"),
    "meetings",
    "kind",
    MeetingKind,
    gettext_lazy("toutes les rencontres tenues"),
)
HOURS = TableDefinition(
    "meeting_hours",
    gettext_lazy("Heures de rencontre et de formation"),
    "hours",
    "kind",
    MeetingKind,
    gettext_lazy("toutes les heures de rencontre"),
    measure="minutes",
    scale=1 / 60,
)
PARTICIPATIONS = TableDefinition(
    "participations_by_capacity",
    gettext_lazy("Participations par catégorie"),
    "participations",
    "capacity",
    Capacity,
    gettext_lazy("toutes les participations"),
)
PARTICIPANTS = "participants_by_capacity"


def gatherings(
    *, program: Program, start: date | None = None, end: date | None = None, territory: str = "", actor: Any = None
) -> Portrait:
    """What the groups of `program` held in the period. Who reads what is as for `queries.portrait`."""
    public = False
    if actor is not None:
        readable, team = reading(actor, program)
        if not readable:
            raise Http404
        public = not team
    divisions = territory_of(program) if territory else Vocabulary()
    asked = scope(program, start, end, territory, None, divisions)
    if public:
        if territory:
            raise Refused(_("Les chiffres protégés des rencontres se lisent pour tout le territoire : retirez la MRC."))
        first, last = closed_set.canonical(program, start, end)
        asked = replace(asked, start=first, end=last)
    held, parts = took_place(program, asked.start, asked.end, asked.territory)
    names = {word.code: word.label for word in divisions.words}
    return Portrait(
        program=program.slug,
        program_name=program.name,
        start=asked.start,
        end=asked.end,
        territory=asked.territory,
        territory_name=names.get(asked.territory, ""),
        generated_at=timezone.localtime(),
        entries=None,
        tables=_protected(held, parts) if public else _exact(held, parts),
        protected=public,
        rounded=public,
    )


def _exact(held: Sequence[Held], parts: Sequence[TakingPart]) -> tuple[Table, ...]:
    kinds = counts_by_code([one.kind for one in held], minutes=[one.minutes for one in held])
    capacities = counts_by_code([one.capacity for one in parts])
    return (
        assembly.counted(MEETINGS, kinds, {}),
        assembly.counted(HOURS, kinds, {}),
        assembly.counted(PARTICIPATIONS, capacities, {}),
        _participants(parts),
    )


def _protected(held: Sequence[Held], parts: Sequence[TakingPart]) -> tuple[Table, ...]:
    counts = {
        MEETINGS.id: counts_by_code([one.kind for one in held], names=[one.name for one in held]),
        PARTICIPATIONS.id: counts_by_code([one.capacity for one in parts], names=[one.name for one in parts]),
    }
    tabs = [CrossTab(id, rows=of.dimension, measures=(RECORD_KEY,)) for id, of in _OPEN.items()]
    safe = protect(tabs, counts)
    return tuple(masked(assembly.counted(of, safe.counts[id], {}), safe) for id, of in _OPEN.items())


_OPEN = {MEETINGS.id: MEETINGS, PARTICIPATIONS.id: PARTICIPATIONS}


def _participants(parts: Sequence[TakingPart]) -> Table:
    """Persons who took part, each once in a category however often they came: those who are known by name only."""
    known = {(one.capacity, one.person) for one in parts if one.person is not None}
    everybody = len({person for _capacity, person in known})
    by = Counter(capacity for capacity, _person in known)
    rows = [
        Row(word.value, str(word.label), by[word.value], assembly.share_of(by[word.value], everybody))
        for word in Capacity
    ]
    return Table(
        id=PARTICIPANTS,
        title=_("Personnes différentes par catégorie"),
        unit="persons",
        denominator=everybody,
        multiple=True,
        rows=tuple(rows),
        denominator_label=_("toutes les personnes connues"),
        note=_("Les personnes comptées sans nom n'y sont pas."),
    )
