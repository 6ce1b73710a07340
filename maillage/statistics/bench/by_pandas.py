"""The contract's tables by pandas, with everything in memory already: codes as categories, lists as frames of pairs.

pandas is a development dependency, imported here and nowhere else.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from .by_duckdb import FAMILY
from .by_sql import Answers, referral_answers
from .flat import REFERRAL, SEVERAL, SINGLE, Flat, connect


class InFrames:
    """Frames of the entries, of each vocabulary's pairs (row of the entry, code), and of the referrals."""

    def __init__(self, flat: Flat, program: str, roots: dict[str, str]) -> None:
        self.program = program
        self.roots = roots
        with connect() as connection:
            self.entries = self._frame(
                connection, flat, str(flat.entries), ("date", "persons", "persons_referred"), SINGLE
            )
            self.referrals = self._frame(
                connection, flat, str(flat.referrals), ("date",), ("program", "mrc", *REFERRAL)
            )
            self.pairs = {name: self._pairs(connection, flat, name) for name in SEVERAL}
        axes = self.pairs["axis"]
        self.axes = np.zeros((len(self.entries), len(flat.codes["axis"])), dtype=bool)
        self.axes[axes["row"], axes["code"].cat.codes] = True
        self.axis_codes = flat.codes["axis"]

    @staticmethod
    def _frame(connection: Any, flat: Flat, file: str, plain: tuple[str, ...], coded: tuple[str, ...]) -> pd.DataFrame:
        ranks = [f'(list_position({flat.codes[name]}, "{name}") - 1)::SMALLINT AS "{name}"' for name in coded]
        columns = connection.execute(
            f"SELECT {', '.join([*plain, *ranks])} FROM '{file}' ORDER BY file_row_number"
        ).fetchnumpy()
        frame = {name: columns[name] for name in plain}
        for name in coded:
            numbers = np.ma.filled(columns[name], -1)
            frame[name] = pd.Categorical.from_codes(numbers, categories=flat.codes[name])
        return pd.DataFrame(frame)

    @staticmethod
    def _pairs(connection: Any, flat: Flat, name: str) -> pd.DataFrame:
        found = connection.execute(
            f"SELECT row, (list_position({flat.codes[name]}, code) - 1)::SMALLINT AS code FROM (SELECT file_row_number::INTEGER "
            f"""AS row, unnest("{name}") AS code FROM read_parquet('{flat.entries}', file_row_number = true))"""
        ).fetchnumpy()
        codes = pd.Categorical.from_codes(np.asarray(found["code"]), categories=flat.codes[name])
        return pd.DataFrame({"row": np.asarray(found["row"]), "code": codes})

    def portrait(self, start: date, end: date, mrc: str = "") -> Answers:
        """All tables that are counted from the journal, for a period and perhaps one MRC."""
        kept = self._kept(self.entries, start, end, mrc)
        rows = self.entries[kept]
        answers = {
            id: _counts(rows[column])
            for id, column in (("tenure", "tenure"), ("territory", "mrc"), ("contact_place", "contact_place"))
        }
        months = rows["date"].dt.year * 12 + rows["date"].dt.month - 1
        answers["monthly"] = {f"{m // 12}-{m % 12 + 1:02d}": int(n) for m, n in months.value_counts().items()}
        answers["collective_kind"] = _counts(rows.loc[rows["nature"] == "collective", "collective_kind"])
        chosen = {name: pairs[kept[pairs["row"].to_numpy()]] for name, pairs in self.pairs.items()}
        for id, name in (("action", "action"), ("groups_reached", "group"), ("themes", "theme"), ("axes", "axis")):
            answers[id] = _counts(chosen[name]["code"])
        groups = chosen["group"]
        answers["groups_reached"]["youth_family"] = int(groups.loc[groups["code"].isin(FAMILY), "row"].nunique())
        crossed = self.axes[kept].astype(np.float32)
        crossed = np.round(crossed.T.astype(np.float64) @ crossed).astype(int)
        answers["axes_crossing"] = {
            f"{one}×{other}": int(crossed[i, j])
            for i, one in enumerate(self.axis_codes)
            for j, other in enumerate(self.axis_codes)
        }
        alone = rows[rows["nature"] == "individual"]
        met, referred = int(alone["persons"].sum()), int(alone["persons_referred"].sum())
        answers["nature"] = _counts(rows["nature"])
        answers["persons_referred"] = {"referred": referred, "not_referred": met - referred}
        lines = self.referrals[self._kept(self.referrals, start, end, mrc)]
        counted = lines.groupby(["destination", "need"], observed=True).size()
        return answers | referral_answers([(*key, int(n)) for key, n in counted.items()], self.roots)

    def _kept(self, frame: pd.DataFrame, start: date, end: date, mrc: str) -> Any:
        kept = (frame["program"] == self.program) & frame["date"].between(pd.Timestamp(start), pd.Timestamp(end))
        return (kept & (frame["mrc"] == mrc) if mrc else kept).to_numpy()


def _counts(column: pd.Series) -> dict[str, int]:
    return {str(code): int(count) for code, count in column.value_counts().items()}
