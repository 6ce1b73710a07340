"""The portrait of a programme's activities: sessions held, participations and participants by category, never mixed.

Who reads what is as for meetings (`gatherings`): the team exact figures, other members protected ones by the same cell keys.
Hours, participants and one MRC are for the team alone.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.core.errors import Refused
from maillage.core.typography import number
from maillage.journal.facts import RECORD_KEY
from maillage.programs.models import Program
from maillage.projects.enums import ActivityKind, Audience
from maillage.projects.facts import Happened, took_place
from maillage.tables.engine import CrossTab

from . import assembly, closed_set
from .counting import counts_by_code
from .definitions import TableDefinition
from .filters import scope
from .permissions import reading
from .portrait import Portrait, Row, Table
from .protection import masked, protect
from .vocabularies import Vocabulary, territory_of

SESSIONS = TableDefinition(
    "sessions",
    gettext_lazy("Séances tenues par type d'activité"),
    "sessions",
    "kind",
    ActivityKind,
    gettext_lazy("toutes les séances tenues"),
)
HOURS = TableDefinition(
    "session_hours",
    gettext_lazy("Heures d'activité"),
    "hours",
    "kind",
    ActivityKind,
    gettext_lazy("toutes les heures d'activité dont la durée est connue"),
    measure="minutes",
    scale=1 / 60,
)
PARTICIPATIONS = TableDefinition(
    "participations_by_audience",
    gettext_lazy("Participations aux activités par catégorie"),
    "participations",
    "audience",
    Audience,
    gettext_lazy("toutes les participations aux activités"),
)
PARTICIPANTS = "participants_by_audience"
_OPEN = {SESSIONS.id: SESSIONS, PARTICIPATIONS.id: PARTICIPATIONS}


def activities(
    *, program: Program, start: date | None = None, end: date | None = None, territory: str = "", actor: Any = None
) -> Portrait:
    """What the activities of `program` and of its projects held in the period. Who reads what is as for `queries.portrait`."""
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
            raise Refused(_("Les chiffres protégés des activités se lisent pour tout le territoire : retirez la MRC."))
        first, last = closed_set.canonical(program, start, end)
        asked = replace(asked, start=first, end=last)
    happened = took_place(program, asked.start, asked.end, asked.territory)
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
        tables=_protected(happened) if public else _exact(happened),
        protected=public,
        rounded=public,
    )


def _exact(happened: Happened) -> tuple[Table, ...]:
    timed = [one for one in happened.sessions if one.minutes is not None]
    hours = counts_by_code([one.kind for one in timed], minutes=[one.minutes or 0 for one in timed])
    return (
        assembly.counted(SESSIONS, counts_by_code([one.kind for one in happened.sessions]), {}),
        assembly.counted(PARTICIPATIONS, counts_by_code([one.audience for one in happened.participations]), {}),
        _participants(happened),
        *([assembly.counted(HOURS, hours, {})] if timed else []),
    )


def _protected(happened: Happened) -> tuple[Table, ...]:
    sessions, parts = happened.sessions, happened.participations
    counts = {
        SESSIONS.id: counts_by_code([one.kind for one in sessions], names=[one.name for one in sessions]),
        PARTICIPATIONS.id: counts_by_code([one.audience for one in parts], names=[one.name for one in parts]),
    }
    tabs = [CrossTab(id, rows=of.dimension, measures=(RECORD_KEY,)) for id, of in _OPEN.items()]
    safe = protect(tabs, counts)
    return tuple(masked(assembly.counted(of, safe.counts[id], {}), safe) for id, of in _OPEN.items())


def _participants(happened: Happened) -> Table:
    """Persons who took part, each once an activity: of the activities that lie within the period as a whole."""
    by, everybody = happened.participants, sum(happened.participants.values())
    rows = [
        Row(word.value, str(word.label), by.get(word.value, 0), assembly.share_of(by.get(word.value, 0), everybody))
        for word in Audience
    ]
    note = _("Chaque personne compte une fois par activité ; la même peut prendre part à plusieurs activités.")
    if left := happened.open_activities:
        said = ngettext(
            "%(n)s activité qui déborde la période n'y est pas.", "%(n)s activités qui débordent la période n'y sont pas.", left
        )  # fmt: skip
        note = f"{note} {said % {'n': number(left)}}"
    return Table(
        id=PARTICIPANTS,
        title=_("Participants aux activités par catégorie"),
        unit="persons",
        denominator=everybody,
        multiple=False,
        rows=tuple(rows),
        denominator_label=_("tous les participants comptés, activité par activité"),
        note=note,
    )
