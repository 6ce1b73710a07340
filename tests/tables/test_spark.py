"""A cluster counts what this process counts, to the digit; and says why when it does not."""

import os
import random
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maillage.tables.engine import MONTH, AtLeast, CrossTab, Days, Facts, OneOf, Store, dataset, export
from maillage.tables.engine.histograms import Planner
from maillage.tables.engine.question import Grouping
from maillage.tables.engine.spark import SparkFacts, SparkTrouble, Trouble, connect, executors
from maillage.tables.engine.spark import cluster as reaching
from maillage.tables.engine.spark.facts import OnSpark
from tests.local_cluster import MASTER

from .naive import SCHEMA, Visit, batch
from .test_engine import AREAS, KINDS, NEEDS, TABS, TAGS, TOPICS, check

pytestmark = [
    pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="no database is asked here"),
    pytest.mark.filterwarnings("ignore::ResourceWarning:py4j"),
]

QUESTIONS: list[list[Any]] = [
    [],
    [OneOf("program", ("p1",)), Days(date(2014, 2, 10), date(2015, 1, 20))],
    [OneOf("program", ("p2", "p3")), OneOf("topic", (TOPICS[1], TOPICS[66])), OneOf("area", ("a0", ""))],
    [OneOf("kind", ("k1", "k2", "")), AtLeast("persons", 20), OneOf(MONTH, ("2014-01", "2015-02", "2014-07"))],
    [OneOf("program", ("p1",)), OneOf("referral.need", ("n1", "n2")), Days(date(2013, 1, 1), date(2014, 12, 31))],
    [OneOf("referral.destination", ("health", "unheard of")), OneOf("tag", ("g1", "g2"))],
    [OneOf("program", ("unheard of",)), Days(date(2014, 1, 1), date(2014, 1, 1))],
]
MANY = [CrossTab("topics", "topic", columns="tag", measures=("minutes",)), CrossTab("by_month", MONTH, columns="kind")]


def drawn(chance: random.Random, key: int) -> Visit:
    """A visit of three years, with every kind of lack."""
    return Visit(
        key=key,
        day=date(2013, 6, 1) + timedelta(days=chance.randrange(900)),
        program=chance.choice(["p1", "p2"]),
        area=chance.choice([*AREAS, None]),
        kind=chance.choice([*KINDS, None]),
        topic=tuple(chance.sample(TOPICS, chance.randrange(4))),
        tag=tuple(chance.sample(TAGS, chance.randrange(4))),
        persons=chance.choice([None, chance.randrange(2_000_000_000)]) if key % 50 == 0 else chance.randrange(50),
        minutes=chance.choice([None, 0, chance.randrange(500)]),
        referrals=[
            {
                "destination": chance.choice(["health", "community", None]),
                "need": chance.choice([*NEEDS, None]),
                "persons": 1 + chance.randrange(9),
            }
            for _ in range(chance.choice([0, 0, 1, 3]))
        ],
    )


def a_world(folder: Path, seed: int, size: int) -> tuple[Store, dict[int, Visit]]:
    """A store of drawn facts, of which some were corrected and some removed."""
    chance, store = random.Random(seed), Store(folder, SCHEMA)
    world = {key: drawn(chance, key) for key in range(1, size + 1)}
    changed = {key: drawn(chance, key) for key in range(size - 20, size + 20)}
    with store.writing() as writer:
        writer.rebuild([batch(list(world.values()))], epoch="e", cursor="0")
        writer.publish([batch(list(changed.values()))], list(changed), cursor="1")
        writer.publish([], [1, 2, 3], cursor="2")
    world |= changed
    return store, {key: visit for key, visit in world.items() if key > 3}


def asked_of_cluster(folder: Path, store: Store, master: str) -> SparkFacts:
    made, _ = export(store, folder)
    return SparkFacts(SCHEMA, made, connect(master, log=folder / "spark.log"))


def test_the_cluster_has_two_workers(cluster: str, tmp_path: Path) -> None:
    assert executors(connect(cluster, log=tmp_path / "spark.log")) == 2


def test_figures_are_those_of_this_process_and_of_the_naive_reference(cluster: str, tmp_path: Path) -> None:
    store, world = a_world(tmp_path / "store", seed=17, size=600)
    here, there = Facts(store), asked_of_cluster(tmp_path / "set", store, cluster)
    here.load()
    for where in QUESTIONS:
        theirs = there.ask([*TABS, *MANY], where)
        for id, ours in here.ask([*TABS, *MANY], where, cube=False).items():
            assert (theirs[id].rows, theirs[id].columns, theirs[id].totals) == (ours.rows, ours.columns, ours.totals)
            assert all(np.array_equal(theirs[id].values[name], ours.values[name]) for name in ours.values), (id, where)
    check(there, world, QUESTIONS[1])  # type: ignore[arg-type]
    by = ("area", "kind", MONTH)
    ours, theirs = (facts.ask_by([*TABS[:3], *TABS[-2:]], by, QUESTIONS[1]) for facts in (here, there))
    assert theirs.groups == ours.groups
    for id, (_tab, rows, columns, figures) in ours.answers.items():
        assert theirs.answers[id][1:3] == (rows, columns)
        assert np.array_equal(theirs.answers[id][3], figures)
    here.close()


def test_a_set_without_facts_counts_nothing(cluster: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", SCHEMA)
    with store.writing() as writer:
        writer.rebuild([], epoch="e", cursor="0")
    there = asked_of_cluster(tmp_path / "set", store, cluster)
    check(there, {}, [OneOf("program", ("p1",))], TABS[:4])  # type: ignore[arg-type]


def test_files_of_other_partitions_are_not_opened(cluster: str, tmp_path: Path) -> None:
    store, world = a_world(tmp_path / "store", seed=5, size=200)
    there = asked_of_cluster(tmp_path / "set", store, cluster)
    number, files = there.data.codes.number("program", "p1"), there.data.folder
    spoilt = [f for f in files.rglob("*.parquet") if f"program={number}/year=2014" not in str(f)]
    assert len(spoilt) > 4
    for file in spoilt:
        file.write_bytes(b"nothing that can be read")
    year = [OneOf("program", ("p1",)), Days(date(2014, 1, 1), date(2014, 12, 31))]
    months = [OneOf("program", ("p1",)), OneOf(MONTH, ("2014-03", "2014-04"))]
    within = [*year, OneOf("referral.need", ("n1",)), AtLeast("persons", 3)]
    for where in (year, months, within):
        check(there, world, where)  # type: ignore[arg-type]
    with pytest.raises(SparkTrouble) as refused:
        there.ask(TABS, [OneOf("program", ("p1",))])
    assert refused.value.trouble in (Trouble.LOST, Trouble.FAILED)
    grouping = Grouping("referral", ("need",), (), tuple(within))
    plan = there.plan(grouping.sql(SCHEMA, there.data.codes, OnSpark.dialect))
    pruned = [line for line in plan.split("== Physical Plan ==")[1].splitlines() if "PartitionFilters" in line]
    assert len(pruned) == 3  # the children, their facts, and the children within
    assert all("program" in line and "year" in line for line in pruned)


def test_a_set_limited_to_some_partitions_answers_of_those_only(cluster: str, tmp_path: Path) -> None:
    store, world = a_world(tmp_path / "store", seed=3, size=60)
    made, _ = export(store, tmp_path / "set", held=["p1"])
    there = SparkFacts(SCHEMA, made, connect(cluster, log=tmp_path / "spark.log"))
    check(there, world, [OneOf("program", ("p1",))], TABS[:2])  # type: ignore[arg-type]
    for where in ([], [OneOf("program", ("p1", "p2"))], [OneOf("area", ("a1",))]):
        with pytest.raises(SparkTrouble) as refused:
            there.ask(TABS, where)
        assert refused.value.trouble == Trouble.NOT_HELD


def test_a_version_that_was_removed_is_said_lost(cluster: str, tmp_path: Path) -> None:
    store, _world = a_world(tmp_path / "store", seed=3, size=60)
    there = asked_of_cluster(tmp_path / "set", store, cluster)
    shutil.rmtree(there.data.folder)
    with pytest.raises(SparkTrouble) as refused:
        there.ask(TABS)
    assert refused.value.trouble == Trouble.LOST
    with pytest.raises(SparkTrouble) as refused:
        SparkFacts(SCHEMA, there.data, connect(cluster, log=tmp_path / "spark.log"))
    assert refused.value.trouble == Trouble.LOST


def test_a_statement_is_the_same_in_both_dialects_but_for_names_and_years() -> None:
    codes = dataset.Codes({"program": ["p1"], "topic": TOPICS})
    where = (OneOf("program", ("p1",)), Days(date(2014, 1, 1), date(2015, 6, 1)), OneOf("topic", (TOPICS[65],)))
    grouping = Grouping(None, ("kind",), ("persons",), where)
    ours = grouping.sql(SCHEMA, codes, reaching_dialect(by_year=False))
    theirs = grouping.sql(SCHEMA, codes, OnSpark.dialect)
    assert theirs.replace("`", '"').replace(' AND "year" BETWEEN 2014 AND 2015', "") == ours
    assert Planner(SCHEMA, codes).plan(TABS)


def reaching_dialect(*, by_year: bool) -> Any:
    from maillage.tables.engine.conditions import Dialect

    return Dialect(by_year=by_year)


def reached(master: str, folder: Path) -> Trouble:
    with pytest.raises(SparkTrouble) as refused:
        connect(master, log=folder / "spark.log")
    return refused.value.trouble


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reached("local[1]", tmp_path) == Trouble.NO_JAVA
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert reached("local[1]", tmp_path) == Trouble.NO_JAVA


@pytest.mark.parametrize("said", ['openjdk version "11.0.2" 2019-01-15', 'java version "1.8.0_202"'])
def test_a_java_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert reached("local[1]", tmp_path) == Trouble.OLD_JAVA


def test_no_pyspark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert reached("local[1]", tmp_path) == Trouble.NO_PYSPARK


@pytest.mark.parametrize("master", ["spark://127.0.0.1:9", "spark://127.0.0.1:9,127.0.0.1:10", "spark://nonsense"])
def test_a_cluster_that_takes_no_connection(tmp_path: Path, master: str) -> None:
    assert reached(master, tmp_path) == Trouble.UNREACHABLE


def test_a_cluster_that_gives_no_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    class Session:
        stopped = False

        def stop(self) -> None:
            self.stopped = True

    session = Session()
    monkeypatch.setattr(reaching, "executors", lambda _session: 0)
    with pytest.raises(SparkTrouble) as refused:
        reaching._await_executors(session, MASTER, 0.2)
    assert refused.value.trouble == Trouble.NO_EXECUTOR
    assert session.stopped
    reaching._await_executors(session, "local[2]", 0.2)  # there the driver counts


def test_nothing_else_imports_pyspark() -> None:
    package = Path(reaching.__file__).parents[3]
    importers = {
        p.relative_to(package)
        for p in package.rglob("*.py")
        if "import pyspark" in (t := p.read_text()) or "from pyspark" in t
    }
    assert importers == {Path("tables/engine/spark/cluster.py")}
