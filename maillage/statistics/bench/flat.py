"""The journal as an analyst would export it: wide Parquet files of codes in words, with lists where there are several.

Made from the base of the store, so that DuckDB by hand and pandas count the very same entries.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.conf import settings

from maillage.statistics import mirror
from maillage.statistics.definitions import FACTS
from maillage.tables.engine import Store
from maillage.tables.engine.encoding import Codes

SINGLE = ("program", "mrc", "tenure", "nature", "collective_kind", "contact_place")
SEVERAL = ("action", "group", "theme", "axis")
REFERRAL = ("destination", "need")
MEMORY = "3GB"


@dataclass(frozen=True, slots=True)
class Flat:
    """Where the files are, and the codes of each column."""

    entries: Path
    referrals: Path
    codes: dict[str, list[str]]


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory with two threads, as the product has."""
    return duckdb.connect(":memory:", config={"threads": 2, "memory_limit": MEMORY})


def export() -> Flat:
    """The files, made once in the home."""
    store = Store(Path(settings.HOME) / "facts" / FACTS, mirror.sources()[FACTS].schema)
    manifest = store.manifest()
    assert manifest is not None
    codes = {name: manifest.codes.of(name) for name in (*SINGLE, *SEVERAL)}
    codes |= {name: manifest.codes.of(f"referral.{name}") for name in REFERRAL}
    folder = Path(settings.HOME) / "flat"
    made = Flat(folder / "entries.parquet", folder / "referrals.parquet", codes)
    if not made.referrals.exists():
        folder.mkdir(exist_ok=True)
        base = store.folder / manifest.segments[0].name
        with connect() as connection:
            _write(connection, base, made, manifest.codes)
    return made


def _write(connection: duckdb.DuckDBPyConnection, base: Path, made: Flat, codes: Codes) -> None:
    joins = ""
    for name in SEVERAL:  # each set of codes is spelled once
        assert codes.words(name) == 1
        connection.execute(
            f'CREATE TABLE "{name}s" AS SELECT mask, list_filter({codes.of(name)}, lambda c, i: (mask >> (i - 1)) & 1 = 1) '
            f"AS codes FROM (SELECT DISTINCT {name}_0 AS mask FROM '{base}.parquet')"
        )
        joins += f' JOIN "{name}s" ON "{name}s".mask = e.{name}_0'
    words = ", ".join(f'{codes.of(name)}[e.{name}] AS "{name}"' for name in SINGLE)
    lists = ", ".join(f'"{name}s".codes AS "{name}"' for name in SEVERAL)
    connection.execute(
        f"COPY (SELECT e.key, DATE '1970-01-01' + e.day AS date, {words}, {lists}, persons, persons_referred "
        f"FROM '{base}.parquet' e{joins} ORDER BY program, mrc, date) TO '{made.entries}' (FORMAT parquet)"
    )
    referral = ", ".join(f'{codes.of(f"referral.{name}")}[r.{name}] AS "{name}"' for name in REFERRAL)
    connection.execute(
        f"COPY (SELECT DATE '1970-01-01' + e.day AS date, {codes.of('program')}[e.program] AS program, "
        f"{codes.of('mrc')}[e.mrc] AS mrc, {referral} FROM '{base}.referral.parquet' r "
        f"JOIN '{base}.parquet' e USING (key)) TO '{made.referrals}' (FORMAT parquet)"
    )
