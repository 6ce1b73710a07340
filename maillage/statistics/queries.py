"""Portraits ready to print: one door for page, chart, file and command line."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone

from maillage.core.errors import Refused
from maillage.programs.models import Program
from maillage.tables.engine import Counts
from maillage.territories.models import Division

from . import assembly, mirror, set_up
from .definitions import FACTS, MONTHLY, ORDER, PERSONS, TABLES, TERRITORY, questions
from .filters import Scope, conditions, scope, whole_end
from .permissions import reading
from .portrait import Portrait, Table
from .protection import is_open_question, protect
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
) -> Portrait:
    """All the tables of `program`, as of now.

    The period is the programme's own unless given, both days included; `territory` is the code of one of its MRC.
    `filters` maps names of the journal's filters to values. `actor` is who reads: the team has exact figures, other
    members protected ones, and for anybody else it is a 404; without actor (the command line) figures are exact.
    `Refused`, with a sentence, for reversed dates, an unknown code, or a question not open to this reader.
    """
    exact = actor is None
    if actor is not None:
        readable, decision = reading(actor, program)
        if not readable:
            raise Http404
        exact = bool(decision)
    divisions = territory_of(program)
    asked = scope(program, start, end, territory, filters, divisions)
    if not exact:
        closed = bool(asked.territory or asked.filters)
        if closed or not is_open_question(program, asked.start, asked.end, whole_end(program)):
            raise Refused(decision.reason)
    made = _portrait(program, asked, divisions)
    return made if exact else protect(made)


def _portrait(program: Program, asked: Scope, divisions: Vocabulary) -> Portrait:
    words = vocabularies(program, asked.start, asked.end)
    with mirror.facts(FACTS) as facts:
        counts = facts.ask(questions(words), conditions(program, asked, words))
    tables = tables_of(program, asked, divisions, words, counts)
    names = {word.code: word.label for word in divisions.words}
    return Portrait(
        program=program.slug,
        program_name=program.name,
        start=asked.start,
        end=asked.end,
        territory=asked.territory,
        territory_name=names.get(asked.territory, ""),
        generated_at=timezone.localtime(),
        entries=counts[TERRITORY.id].total(),
        tables=tuple(tables[id] for id in ORDER),
    )


def tables_of(
    program: Program,
    asked: Scope,
    divisions: Vocabulary,
    words: Mapping[str, Vocabulary],
    counts: Mapping[str, Counts],
) -> dict[str, Table]:
    """Every table of the portrait from its counts, by id."""
    tables = {id: assembly.counted(definition, counts[id], words) for id, definition in TABLES.items()}
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
    """The period of the same length just before; None when it would leave the programme. Calendar years stay so."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = end.year - start.year + 1
        before = date(start.year - years, 1, 1), date(start.year - 1, 12, 31)
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
        if (now.start, now.end) == (program.start, whole_end(program)):
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
