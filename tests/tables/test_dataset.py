"""The data set written for other engines: the rows of the store, whole or not at all, written only when they changed."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from maillage.tables.engine import DataSetLost, Store, dataset, export
from maillage.tables.engine.encoding import EPOCH_DAY
from maillage.tables.engine.export import _Export

from .naive import SCHEMA, Visit, batch

TOPICS = [f"t{i:02d}" for i in range(70)]  # two mask words in the end, one in the base


def visit(key: int, day: date, program: str = "p1", **more: Any) -> Visit:
    return Visit(key=key, day=day, program=program, area=f"a{key % 3}", kind="k1", **more)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three publications: a base, a correction with a new mask word and a new fact, a removal."""
    store = Store(tmp_path / "store", SCHEMA)
    referral = {"destination": "health", "need": "n1", "persons": 2}
    with store.writing() as writer:
        writer.rebuild(
            [
                batch(
                    [
                        visit(1, date(2013, 12, 31), topic=("t01",), referrals=[referral]),
                        visit(2, date(2014, 1, 1), topic=("t02",), referrals=[referral, referral]),
                        visit(3, date(2014, 5, 1), "p2", referrals=[referral]),
                        visit(4, date(2014, 5, 2), "p2"),
                    ]
                )
            ],
            epoch="e",
            cursor="1",
        )
        corrected = visit(2, date(2015, 2, 2), topic=tuple(TOPICS[60:]), persons=7, referrals=[referral])
        added = visit(5, date(2014, 3, 3), "p2", topic=tuple(TOPICS))
        writer.publish([batch([corrected, added])], [2, 5], cursor="2")
        writer.publish([], [4], cursor="3")
    return store


def rows(folder: Path, table: str, wanted: str) -> list[tuple[Any, ...]]:
    """Rows of a table of the data set as any engine would read its partitions."""
    files = str(dataset.load(folder).folder / table / "**" / "*.parquet")
    query = f"SELECT {wanted} FROM read_parquet('{files}', hive_partitioning=true) ORDER BY ALL"
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()


def test_rows_are_those_of_the_store_in_the_partition_of_their_programme_and_year(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    made, wrote = export(store, folder)
    assert wrote
    assert made == dataset.load(folder)
    assert (made.rows, made.partitions, made.cursor) == ({"facts": 4, "referral": 3}, 3, "3")
    programs = {code: made.codes.number("program", code) for code in ("p1", "p2")}
    assert [(key, program, year) for key, program, year in rows(folder, "facts", "key, program, year")] == [
        (1, programs["p1"], 2013),
        (2, programs["p1"], 2015),
        (3, programs["p2"], 2014),
        (5, programs["p2"], 2014),
    ]
    ranks = [(made.codes.number("topic", code) or 0) - 1 for code in TOPICS]
    masks = {key: low | high << 62 for key, low, high in rows(folder, "facts", "key, topic_0, topic_1")}
    assert masks[5] == sum(1 << rank for rank in ranks)
    assert masks[1] == 1 << (made.codes.number("topic", "t01") or 0) - 1
    assert masks[3] == 0
    facts = {row[0]: row[1:] for row in rows(folder, "facts", "key, day, month, area, program, year")}
    assert facts[2][:2] == (date(2015, 2, 2).toordinal() - EPOCH_DAY, 2015 * 12 + 1)
    beside = rows(folder, "referral", "key, fact_day, fact_month, fact_area, fact_program, year")
    assert [row[0] for row in beside] == [1, 2, 3]
    assert all(row[1:] == facts[row[0]] for row in beside)


def test_nothing_is_written_when_nothing_changed_and_the_version_before_stays(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    first, _ = export(store, folder)
    assert export(store, folder) == (first, False)
    with store.writing() as writer:
        writer.publish([batch([visit(9, date(2016, 6, 6))])], [9], cursor="4")
    second, wrote = export(store, folder)
    assert wrote
    assert (second.rows["facts"], second.cursor) == (5, "4")
    assert first.folder.exists()  # who reads it now goes on
    with store.writing() as writer:
        writer.publish([], [9], cursor="5")
    third, _ = export(store, folder)
    found = {path.name for path in folder.iterdir()}
    assert found == {"current.json", "lock", second.folder.name, third.folder.name}


def test_it_can_be_limited_to_some_programmes(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    made, _ = export(store, folder, held=["p2", "unknown"])
    assert (made.rows["facts"], made.held) == (2, ("p2", "unknown"))
    whole, wrote = export(store, folder)
    assert wrote
    assert (whole.rows["facts"], whole.held) == (4, None)
    assert export(store, folder, held=[])[0].rows == {"facts": 0, "referral": 0}


@pytest.mark.parametrize("moment", ["first partition", "last step"])
def test_what_fails_half_way_leaves_the_data_set_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    folder = tmp_path / "set"
    before, _ = export(store, folder)
    with store.writing() as writer:
        writer.publish([], [1], cursor="4")

    def fails(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*(dataset, "put") if moment == "last step" else (_Export, "_copy"), fails)
        with pytest.raises(OSError, match="No space"):
            export(store, folder)
    assert dataset.load(folder) == before
    assert {path.name for path in folder.iterdir()} == {"current.json", "lock", before.folder.name}
    (folder / "draft-of-one-that-was-killed").mkdir()
    assert export(store, folder)[0].rows["facts"] == 3
    assert not (folder / "draft-of-one-that-was-killed").exists()


@pytest.mark.parametrize("damage", ["no folder", "no pointer", "elsewhere", "no version", "another format"])
def test_a_data_set_that_cannot_be_read_is_said_lost(store: Store, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "set"
    made, _ = export(store, folder)
    if damage == "no folder":
        folder = tmp_path / "other"
    elif damage == "no pointer":
        (folder / "current.json").unlink()
    elif damage == "elsewhere":
        (folder / "current.json").write_text('{"version": "../store"}')
    elif damage == "no version":
        made.folder.rename(tmp_path / "away")
    else:
        manifest = made.folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"format":1', '"format":2'))
    with pytest.raises(DataSetLost):
        dataset.load(folder)


def test_progress_is_told_by_partition(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", SCHEMA)
    with store.writing() as writer:
        writer.rebuild(
            (
                batch([visit(n, date(2014 + n % 2, 1 + n % 12, 1 + n % 28)) for n in range(at, at + 5_000)])
                for at in (0, 5_000)
            ),
            epoch="e",
            cursor="1",
        )
    told: list[tuple[int, int]] = []
    made, _ = export(store, tmp_path / "set", progress=lambda done, of: told.append((done, of)))
    assert made.rows["facts"] == 10_000
    assert told == [(5_000, 10_000), (10_000, 10_000)]
