"""Portraits ready to print: one door for page, chart, file and command line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.tables.engine import Counts
from maillage.territories.models import Division

from . import assembly, closed_set, mirror, set_up
from .definitions import FACTS, MONTHLY, ORDER, PERSONS, TABLES, TERRITORY, questions
from .engines import ENGINES as ENGINES
from .engines import counting_on as counting_on
from .enums import ReleaseState
from .filters import Scope, conditions, scope, whole_end
from .models import Release
from .periods import is_first, is_last
from .permissions import reading
from .portrait import Portrait, Table
from .protection import AREAS, masked, protect, protected_questions
from .release import frozen
from .vocabularies import Vocabulary, territory_of, vocabularies

Filters = Mapping[str, Sequence[str]]


def portrait(
    *,
    program: Program,
    start: date | None = None,
    end: date | None = None,
    territory: str = "",
    filters: Filters | None = None,
    actor: Any = None,
    public: bool = False,
) -> Portrait:
    """All the tables of `program`, as of now: the one gate of every page, map, file and command.

    The period is the programme's own unless given, both days included; `territory` is the code of one of its MRC.
    `filters` maps names of the journal's filters to values. `actor` is who reads: the team has exact figures, other
    members protected ones, and for anybody else it is a 404; without actor (the command line) figures are exact, unless
    `public`. `Refused`, with a sentence, for reversed dates, an unknown code, or a question not open to this reader.
    """
    if actor is not None:
        readable, team = reading(actor, program)
        if not readable:
            raise Http404
        public = public or not team
    divisions = territory_of(program)
    asked = scope(program, start, end, territory, filters, divisions)
    if not public:
        return _exact(program, asked, divisions)
    closed_set.without_filters(asked.filters)
    first, last = closed_set.canonical(program, start, end)
    asked = replace(asked, start=first, end=last)
    return _released(program, asked) or _protected(program, asked, divisions)


def _exact(program: Program, asked: Scope, divisions: Vocabulary) -> Portrait:
    words = vocabularies(program, asked.start, asked.end)
    with mirror.facts(FACTS) as facts:
        counts, as_of = facts.ask(questions(words), conditions(program, asked, words)), facts.as_of
    tables = tables_of(program, asked, divisions, words, counts)
    made = _portrait(program, asked, divisions, as_of)
    return replace(made, entries=counts[TERRITORY.id].total(), tables=tuple(tables[id] for id in ORDER))


def _protected(program: Program, asked: Scope, divisions: Vocabulary) -> Portrait:
    words = vocabularies(program, asked.start, asked.end)
    tabs = protected_questions(words)
    with mirror.facts(FACTS) as facts:
        safe, as_of = protect(tabs, facts.ask(tabs, conditions(program, asked, words))), facts.as_of
    made = _portrait(program, asked, divisions, as_of)
    if asked.territory and asked.territory not in safe.areas:
        raise Refused(
            _(
                "Trop peu de personnes ont été rencontrées à %(place)s dans cette période pour qu'un portrait les protège : "
                "choisissez une période plus longue, ou tout le territoire."
            )
            % {"place": made.territory_name}
        )
    tables = tables_of(program, asked, divisions, words, safe.counts)
    shown = tuple(masked(tables[id], safe) for id in ORDER if id in tables)
    entries = safe.counts[TERRITORY.id].total() if TERRITORY.id in safe.large else None
    return replace(made, entries=entries, tables=shown, protected=True, rounded=True)


def open_areas(program: Program, start: date, end: date) -> list[tuple[str, str]]:
    """Codes and names of the MRC whose protected portrait of these days is open: surely enough persons were met there."""
    days = conditions(program, Scope(start, end), {})
    with mirror.facts(FACTS) as facts:
        found = protect([AREAS], facts.ask([AREAS], days)).areas
    return [(word.code, word.label) for word in territory_of(program).words if word.code in found]


def _released(program: Program, asked: Scope) -> Portrait | None:
    """The frozen portrait of a release in force that covers exactly the question: two protections would be two looks."""
    published = Release.objects.filter(
        program=program, state=ReleaseState.PUBLISHED, start=asked.start, end=asked.end
    ).order_by("-number")
    for release in published:
        for made in frozen.portraits(release):
            if made.territory == asked.territory:
                return made
    return None


def _portrait(program: Program, asked: Scope, divisions: Vocabulary, as_of: datetime | None) -> Portrait:
    """A portrait without any figure yet, of facts as of now or of an earlier moment."""
    names = {word.code: word.label for word in divisions.words}
    return Portrait(
        program=program.slug,
        program_name=program.name,
        start=asked.start,
        end=asked.end,
        territory=asked.territory,
        territory_name=names.get(asked.territory, ""),
        generated_at=timezone.localtime(as_of),
        entries=None,
    )


def tables_of(
    program: Program,
    asked: Scope,
    divisions: Vocabulary,
    words: Mapping[str, Vocabulary],
    counts: Mapping[str, Counts],
) -> dict[str, Table]:
    """Every table of the portrait whose counts are there, by id."""
    tables = {id: assembly.counted(definition, counts[id], words) for id, definition in TABLES.items() if id in counts}
    shown = Vocabulary([w for w in divisions.words if not asked.territory or w.code == asked.territory])
    tables["territory"] = assembly.territory(counts[TERRITORY.id], shown, _names_beside(divisions, counts))
    tables["persons_referred"] = assembly.persons_referred(counts[PERSONS.id])
    tables["monthly"] = assembly.monthly(counts[MONTHLY.id], asked.start, asked.end)
    tables["hours_by_role"] = set_up.hours_by_role(program, asked.territory)
    coverage, by_tenure = set_up.coverage(program, asked.territory, asked.start, asked.end)
    return tables | {"coverage": coverage, "coverage_tenure": by_tenure}


def _names_beside(divisions: Vocabulary, counts: Mapping[str, Counts]) -> dict[str, str]:
    """Names of MRC where entries were written though they are not in the programme's territory."""
    territory = counts[TERRITORY.id]
    beside = [code for code in territory.rows if code not in divisions.codes and territory.count(code)]
    if not beside:
        return {}
    found = Division.objects.filter(level="mrc", code__in=beside).order_by("code")
    return dict(found.values_list("code", "name"))


def previous_period(program: Program, start: date, end: date) -> tuple[date, date] | None:
    """The period of the same length just before; None when it would leave the programme.

    Whole months are compared with as many months before.
    """
    if is_first(start) and is_last(end):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        first = start.year * 12 + start.month - 1 - months
        before = date(first // 12, first % 12 + 1, 1), start - timedelta(days=1)
    else:
        before = start - (end - start) - timedelta(days=1), start - timedelta(days=1)
    return before if before[0] >= program.start else None


def comparison(
    now: Portrait, *, program: Program, filters: Filters | None = None, actor: Any = None
) -> Portrait | None:
    """The portrait to compare `now` with, by code: the previous period, or for a whole programme its previous edition.

    None when there is neither, or when this reader may not see it.
    """
    try:
        if (now.start, now.end) in ((program.start, whole_end(program)), closed_set.whole(program)):
            edition = program.previous_edition
            return portrait(program=edition, filters=filters, actor=actor) if edition else None
        period = previous_period(program, now.start, now.end)
        if period is None:
            return None
        return portrait(
            program=program,
            start=period[0],
            end=period[1],
            territory=now.territory,
            filters=filters,
            actor=actor,
        )
    except (Refused, Http404):
        return None
