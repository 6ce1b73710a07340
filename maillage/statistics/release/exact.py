"""The exact portraits of a release, before protection: the same tables, lines and columns in every area."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from maillage.programs.models import Program
from maillage.statistics import queries
from maillage.statistics.assembly import share_of
from maillage.statistics.definitions import ORDER
from maillage.statistics.definitions import TERRITORY as BY_MRC
from maillage.statistics.enums import AreaLevel
from maillage.statistics.filters import Scope
from maillage.statistics.portrait import Portrait, Row, Table
from maillage.statistics.vocabularies import Vocabulary
from maillage.tables.engine import Counts

from .names import AS_THEY_ARE, MONTHLY, TERRITORY
from .territory import Territory


def exact_portrait(
    program: Program,
    bounds: tuple[date, date],
    area: str,
    territory: Territory,
    words: Mapping[str, Vocabulary],
    counts: Mapping[str, Counts],
    divisions: Vocabulary,
    tables: Collection[str],
) -> Portrait:
    """The portrait of an area from its counts; `tables` are the ids wanted, all of them when empty."""
    level = territory.levels.get(area, AreaLevel.WHOLE)
    asked = Scope(*bounds, area if level == AreaLevel.MRC else "")
    made = queries.tables_of(program, asked, divisions, words, counts)
    kept = [id for id in ORDER if id in made and (not tables or id in tables)]
    if level == AreaLevel.MUNICIPALITY:
        kept = [id for id in kept if id not in AS_THEY_ARE and id != TERRITORY]
    return Portrait(
        program=program.slug,
        program_name=program.name,
        start=bounds[0],
        end=bounds[1],
        territory=area,
        territory_name=territory.names.get(area, ""),
        generated_at=timezone.localtime().replace(microsecond=0),
        entries=counts[BY_MRC.id].total(),
        tables=tuple(made[id] for id in kept),
        protected=True,
    )


def aligned(portrait: Portrait, whole: Portrait) -> Portrait:
    """The portrait of an area with all the lines and columns of the whole's: a line that is not there says something."""
    models = {table.id: table for table in whole.tables}
    return replace(portrait, tables=tuple(_aligned(table, models[table.id]) for table in portrait.tables))


def _aligned(table: Table, model: Table) -> Table:
    if table.id in AS_THEY_ARE or table.id in (TERRITORY, MONTHLY):
        return table
    rows = {row.code: row for row in table.rows}
    places = {column.code: rank for rank, column in enumerate(table.columns)}

    def line(like: Row) -> Row:
        found = rows.get(like.code)
        if found is None:
            return replace(like, count=0, share=share_of(0, table.denominator), counts=tuple(0 for _ in model.columns))
        counts = tuple(found.counts[places[c.code]] if c.code in places else 0 for c in model.columns)
        return replace(found, counts=counts)

    return replace(table, rows=tuple(line(row) for row in model.rows), columns=model.columns)
