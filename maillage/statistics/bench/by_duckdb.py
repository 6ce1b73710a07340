"""The contract's tables by DuckDB, written by hand as somebody who knows it well would: over Parquet, or in memory.

In memory, codes are enumerations and lists of them; each table is a query.
"""

from datetime import date

import duckdb

from .by_sql import Answers, referral_answers
from .flat import REFERRAL, SEVERAL, SINGLE, Flat

FAMILY = ("youth_family", "youth", "family")


class ByHand:
    """Tables `entries` and `referrals` of a connection, asked one table at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, flat: Flat, program: str, roots: dict[str, str]) -> None:
        self.connection = connection
        self.program = program
        self.roots = roots
        connection.execute(f"CREATE OR REPLACE VIEW entries AS FROM '{flat.entries}'")
        connection.execute(f"CREATE OR REPLACE VIEW referrals AS FROM '{flat.referrals}'")

    def take_in(self, flat: Flat) -> None:
        """Hold in memory what the files say, in the narrowest types."""
        for name, codes in flat.codes.items():
            listed = ", ".join(f"'{code}'" for code in codes)
            self.connection.execute(f'CREATE TYPE "{name}_code" AS ENUM ({listed})')
        narrow = [f'"{name}"::"{name}_code" AS "{name}"' for name in SINGLE]
        narrow += [f'"{name}"::"{name}_code"[] AS "{name}"' for name in SEVERAL]
        replaced = ", ".join(
            [*narrow, "persons::USMALLINT AS persons", "persons_referred::USMALLINT AS persons_referred"]
        )
        self.connection.execute("DROP VIEW entries")
        self.connection.execute(f"CREATE TABLE entries AS SELECT * REPLACE ({replaced}) FROM '{flat.entries}'")
        replaced = ", ".join(f'"{name}"::"{name}_code" AS "{name}"' for name in ("program", "mrc", *REFERRAL))
        self.connection.execute("DROP VIEW referrals")
        self.connection.execute(f"CREATE TABLE referrals AS SELECT * REPLACE ({replaced}) FROM '{flat.referrals}'")

    def portrait(self, start: date, end: date, mrc: str = "") -> Answers:
        """All tables that are counted from the journal, for a period and perhaps one MRC."""
        where = f"program = '{self.program}' AND date BETWEEN DATE '{start}' AND DATE '{end}'"
        where += f" AND mrc = '{mrc}'" if mrc else ""
        answers = {
            id: self._counts(f"SELECT {column}, count(*) FROM entries WHERE {where} GROUP BY 1")
            for id, column in (("tenure", "tenure"), ("territory", "mrc"), ("contact_place", "contact_place"))
        }
        months = f"SELECT date_trunc('month', date) AS m, count(*) AS n FROM entries WHERE {where} GROUP BY 1"
        answers["monthly"] = self._counts(f"SELECT strftime(m, '%Y-%m'), n FROM ({months})")
        collective = f"{where} AND nature = 'collective'"
        answers["collective_kind"] = self._counts(
            f"SELECT collective_kind, count(*) FROM entries WHERE {collective} GROUP BY 1"
        )
        for id, column in (("action", "action"), ("groups_reached", '"group"'), ("themes", "theme"), ("axes", "axis")):
            answers[id] = self._counts(f"SELECT unnest({column}), count(*) FROM entries WHERE {where} GROUP BY 1")
        family = (
            f"""SELECT 'youth_family', count(*) FROM entries WHERE {where} AND list_has_any("group", {list(FAMILY)})"""
        )
        answers["groups_reached"] |= self._counts(family)
        crossed = f"SELECT axis, unnest(axis) AS a FROM entries WHERE {where}"
        answers["axes_crossing"] = {
            f"{one}×{other}": count
            for one, other, count in self._rows(f"SELECT a, unnest(axis) AS b, count(*) FROM ({crossed}) GROUP BY 1, 2")
        }
        lines = self._rows(f"SELECT destination, need, count(*) FROM referrals WHERE {where} GROUP BY 1, 2")
        return answers | self._natures(where) | referral_answers(lines, self.roots)

    def _natures(self, where: str) -> Answers:
        rows = self._rows(
            f"SELECT nature, count(*), sum(persons), sum(persons_referred) FROM entries WHERE {where} GROUP BY 1"
        )
        met, referred = next(((int(p), int(r)) for nature, _n, p, r in rows if nature == "individual"), (0, 0))
        return {
            "nature": {nature: int(count) for nature, count, _p, _r in rows},
            "persons_referred": {"referred": referred, "not_referred": met - referred},
        }

    def _rows(self, sql: str) -> list[tuple[str, ...]]:
        return self.connection.execute(sql).fetchall()

    def _counts(self, sql: str) -> dict[str, int]:
        return {str(code): int(count) for code, count in self._rows(sql) if code is not None}
