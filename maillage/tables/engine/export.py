"""Writing a data set from a store: partition by partition, through a DuckDB whose memory is bounded."""

import fcntl
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from . import dataset
from .conditions import YEAR
from .dataset import DataSet
from .encoding import EPOCH_DAY
from .facts import StoreLost, month_of
from .manifest import Manifest, flush_files
from .question import FACTS
from .schema import FactSchema
from .segments import Staging, child_columns, fact_columns, path, quoted, words_of, write_parquet
from .store import Store, merge

TRIES = 5
Progress = Callable[[int, int], object]  # told how many facts are written, and of how many


def export(
    store: Store, folder: Path, *, held: Sequence[str] | None = None, progress: Progress = lambda done, of: None
) -> tuple[DataSet, bool]:
    """Write what `store` holds now in `folder`, and whether that was needed: the data set may stand so already.

    `held` limits it to these codes of the first order dimension. `StoreLost` when the store cannot be read; an
    `OSError` (a full disk, a folder without right) leaves the data set as it was.
    """
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    wanted = None if held is None else tuple(sorted(set(held)))
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = _standing(folder)
        for _ in range(TRIES):
            manifest = store.manifest()
            if manifest is None:
                break
            if before is not None and _is_same(before, manifest, wanted):
                return before, False
            dataset.tidy(folder, {before.folder.name} if before else set())
            try:
                return _write(store, manifest, folder, wanted, progress), True
            except duckdb.IOException:
                continue  # a merge removed a segment under our eyes: the next manifest says where the rows are
    raise StoreLost(str(store.folder))


def _standing(folder: Path) -> DataSet | None:
    try:
        return dataset.load(folder)
    except dataset.DataSetLost:
        return None


def _is_same(before: DataSet, now: Manifest, held: tuple[str, ...] | None) -> bool:
    mirrored = (before.schema, before.lineage, before.step, before.epoch, before.cursor)
    return before.held == held and mirrored == (now.schema, now.lineage, now.step, now.epoch, now.cursor)


def _write(store: Store, manifest: Manifest, folder: Path, held: tuple[str, ...] | None, progress: Progress) -> DataSet:
    draft = folder / f"draft-{uuid.uuid4().hex[:12]}"
    name = f"v{manifest.step:08d}-{uuid.uuid4().hex[:12]}"
    files = draft / name
    try:
        files.mkdir(parents=True)
        with _staged(store, manifest, draft) as staging:
            rows, partitions = _Export(store.schema, manifest, staging.connection, files).write(held, progress)
        version = DataSet(
            folder=folder / name,
            schema=manifest.schema,
            lineage=manifest.lineage,
            step=manifest.step,
            epoch=manifest.epoch,
            cursor=manifest.cursor,
            written=dataset.now(),
            held=held,
            rows=rows,
            partitions=partitions,
            bytes=sum(file.stat().st_size for file in files.rglob("*.parquet")),
            codes=manifest.codes,
        )
        dataset.put(folder, files, version)
        return version
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _staged(store: Store, manifest: Manifest, draft: Path) -> Iterator[Staging]:
    """A connection with views `all_…` of the facts and child rows: the base, under what the deltas say together."""
    schema, (base, *deltas) = store.schema, manifest.segments
    words = words_of(schema, manifest.codes)
    staging = Staging(schema, draft)
    try:
        merge(staging, store.folder, deltas, keep_gone=True)
        staging.widen(fact_columns(schema, words))
        untouched = "key NOT IN (SELECT key FROM facts)" if deltas else "TRUE"
        lacking = [name for name in fact_columns(schema, words) if name not in fact_columns(schema, base.words)]
        zeros = "".join(f', 0::BIGINT AS "{name}"' for name in lacking)
        facts = (
            f"SELECT *{zeros} FROM read_parquet('{quoted(path(store.folder, base.name))}') WHERE alive AND {untouched}"
        )
        _view(staging, FACTS, f"{facts} UNION ALL BY NAME SELECT * FROM facts WHERE alive")
        for child in schema.children:
            rows = f'SELECT * FROM "{child.name}"'
            if child.name in base.children:
                file = quoted(path(store.folder, base.name, child.name))
                rows += f" UNION ALL BY NAME SELECT * FROM read_parquet('{file}') WHERE {untouched}"
            _view(staging, child.name, rows)
        yield staging
    finally:
        staging.close()


def _view(staging: Staging, table: str, rows: str) -> None:
    staging.connection.execute(f'CREATE VIEW "all_{table}" AS {rows}')


class _Export:
    """One version in the making."""

    def __init__(
        self, schema: FactSchema, manifest: Manifest, connection: duckdb.DuckDBPyConnection, files: Path
    ) -> None:
        self.schema = schema
        self.codes = manifest.codes
        self.files = files
        self._connection = connection
        self._facts = [name for name in fact_columns(schema, words_of(schema, manifest.codes)) if name != "alive"]

    def write(self, held: tuple[str, ...] | None, progress: Progress) -> tuple[dict[str, int], int]:
        """Write every partition. The rows of each table, and how many partitions the facts have."""
        found = self._partitions(held)
        total, done = sum(count for _number, _year, count in found), 0
        rows = {FACTS: total} | {child.name: 0 for child in self.schema.children}
        for table in rows:
            (self.files / table).mkdir()
        for number, year, count in found:
            self._copy(FACTS, self._of_facts(number, year), number, year)
            for child in self.schema.children:
                rows[child.name] += self._copy(child.name, self._of_child(child.name, number, year), number, year)
            done += count
            progress(done, total)
        return rows, len(found)

    def _partitions(self, held: tuple[str, ...] | None) -> list[tuple[int, int, int]]:
        name = self.schema.order[0]
        numbers = [self.codes.number(name, code) or -1 for code in held or ()]
        only = "" if held is None else f'WHERE "{name}" IN ({", ".join(map(str, numbers)) or "NULL"})'
        return self._connection.execute(
            f"SELECT \"{name}\", year(DATE '1970-01-01' + day) AS y, count(*) FROM all_facts {only} GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()

    def _of_facts(self, number: int, year: int) -> str:
        names = ", ".join(f'"{name}"' for name in self._facts if name != self.schema.order[0])
        order = ", ".join(f'"{name}"' for name in (*self.schema.order[1:], "day", "key"))
        return (
            f"SELECT {names}, {month_of('day', 'INTEGER')} AS month FROM all_facts "
            f"WHERE {self._within(number, year)} ORDER BY {order}"
        )

    def _of_child(self, child: str, number: int, year: int) -> str:
        """Child rows with the columns of their fact by which most questions filter."""
        own = ", ".join(f'c."{name}"' for name in child_columns(self.schema.child(child)))
        parent = "".join(f', f."{name}" AS "fact_{name}"' for name in self.schema.order[1:])
        order = ", ".join(f'"fact_{name}"' for name in (*self.schema.order[1:], "day"))
        return (
            f"SELECT {own}{parent}, f.day AS fact_day, {month_of('f.day', 'INTEGER')} AS fact_month "
            f'FROM "all_{child}" c JOIN (FROM all_facts WHERE {self._within(number, year)}) f ON f.key = c.key '
            f"ORDER BY {order}, key"
        )

    def _within(self, number: int, year: int) -> str:
        first, last = (day.toordinal() - EPOCH_DAY for day in (date(year, 1, 1), date(year, 12, 31)))
        return f'"{self.schema.order[0]}" = {number} AND day BETWEEN {first} AND {last}'

    def _copy(self, table: str, query: str, number: int, year: int) -> int:
        """One file a partition; none where there is no row."""
        apart = dataset.apart(self.schema, "" if table == FACTS else table)
        folder = self.files / table / f"{apart}={number}" / f"{YEAR}={year}"
        folder.mkdir(parents=True)
        count = write_parquet(self._connection, query, folder / "part-0.parquet")
        if count:
            flush_files([folder / "part-0.parquet"])
        else:
            shutil.rmtree(folder)
        return count
