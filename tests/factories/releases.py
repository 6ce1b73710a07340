from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from maillage.programs.models import Program
from maillage.statistics.models import Release
from maillage.statistics.portrait import Portrait, Table
from maillage.statistics.release import frozen


def hide(table: Table, *codes: str) -> Table:
    """`table` with these rows hidden (and the denominator, under the code "")."""
    rows = tuple(
        replace(row, count=None, share=None, hidden=True, counts=tuple(None for _ in row.counts))
        if row.code in codes
        else row
        for row in table.rows
    )
    return replace(table, rows=rows, denominator=None if "" in codes else table.denominator)


def make_release(program: Program, portraits: tuple[Portrait, ...], **fields: Any) -> Release:
    """A release published by hand, with the attack report that its hidden figures would have (each « 0 à 14 »)."""
    kept = [
        replace(p, program=program.slug, program_name=program.name, protected=True, start=start, end=end)
        for start, end in [(fields.get("start", date(2014, 1, 1)), fields.get("end", date(2014, 12, 31)))]
        for p in portraits
    ]
    content = frozen.content_of(kept)
    figures = list(_hidden(kept))
    values = {
        "number": 1,
        "title": "Portrait de 2014",
        "period": "year",
        "start": date(2014, 1, 1),
        "end": date(2014, 12, 31),
        "levels": ["whole", "mrc"],
        "tables": [table.id for table in kept[0].tables],
        "state": "published",
        "published_at": datetime(2026, 11, 20, 20, 5, tzinfo=UTC),
        "content": content,
        "digest": frozen.digest(content),
        "attack": {"figures": figures, "hidden": len(figures), "shown": 500, "exposed": 0},
        "policy": {"threshold": 5, "sensitive_threshold": 10},
        **fields,
    }
    return Release.objects.create(program=program, **values)


def _hidden(portraits: list[Portrait]) -> Any:
    for portrait in portraits:
        for table in portrait.tables:
            place = {"table": table.id, "area": portrait.territory, "lowest": 0, "highest": 14}
            if table.denominator is None and table.id != "monthly":
                yield {**place, "row": "", "column": ""}
            for row in table.rows:
                if row.hidden:
                    yield {**place, "row": row.code, "column": ""}
                for column, count in zip(table.columns, row.counts, strict=True):
                    if count is None:
                        yield {**place, "row": row.code, "column": column.code}
