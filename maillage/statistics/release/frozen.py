"""The frozen form of portraits: what a release keeps for ever, and reads back without asking the journal."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from maillage.statistics.models import Release
from maillage.statistics.portrait import Column, Portrait, Row, Table

FORMAT = 1


def freeze(portrait: Portrait) -> dict[str, Any]:
    """The portrait as plain data, nothing lost; dates as ISO text."""
    plain = asdict(portrait)
    for name in ("start", "end", "generated_at"):
        plain[name] = plain[name].isoformat()
    plain["tables"] = [_plain_table(table) for table in portrait.tables]
    return plain


def _plain_table(table: Table) -> dict[str, Any]:
    plain = asdict(table)
    plain["rows"] = [{**row, "counts": list(row["counts"])} for row in plain["rows"]]
    plain["columns"] = list(plain["columns"])
    return plain


def thaw(plain: Mapping[str, Any]) -> Portrait:
    """The portrait that `freeze` made plain."""
    values = dict(plain)
    values["start"], values["end"] = date.fromisoformat(values["start"]), date.fromisoformat(values["end"])
    values["generated_at"] = datetime.fromisoformat(values["generated_at"])
    values["tables"] = tuple(_table(table) for table in values["tables"])
    return Portrait(**values)


def _table(plain: Mapping[str, Any]) -> Table:
    values = dict(plain)
    values["rows"] = tuple(Row(**{**row, "counts": tuple(row["counts"])}) for row in values["rows"])
    values["columns"] = tuple(Column(**column) for column in values["columns"])
    return Table(**values)


def content_of(portraits: Iterable[Portrait]) -> dict[str, Any]:
    """What `Release.content` holds: the whole territory first, then each area."""
    return {"format": FORMAT, "portraits": [freeze(portrait) for portrait in portraits]}


def portraits(release: Release) -> tuple[Portrait, ...]:
    """The frozen portraits of a release: the whole territory first, then each area. Nothing else is read."""
    return tuple(thaw(plain) for plain in release.content.get("portraits", ()))


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in canonical JSON: two equal contents have the same, whoever wrote them."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
