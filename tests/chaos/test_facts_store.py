"""The store of facts through killed processes and several at once."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest

from maillage.tables.engine import CrossTab, Facts, Store
from tests.tables.naive import SCHEMA, Visit, batch

ROOT = Path(__file__).resolve().parents[2]
TOTAL = [CrossTab("kind", "kind")]


def start(folder: Path, body: str) -> "subprocess.Popen[str]":
    """A process of its own that has `store`, `visit(key)` and the names it needs."""
    code = f"""
import os, sys, time
from datetime import date
from pathlib import Path
from maillage.tables.engine import Store, Facts, manifest
from tests.tables.naive import SCHEMA, Visit, batch
store = Store(Path({str(folder)!r}), SCHEMA)
def visit(key):
    return Visit(key=key, day=date(2014, 1, 1 + key % 28), program="p1", kind="k1", persons=1)
def publish(keys):
    with store.writing() as writer:
        writer.publish([batch([visit(key) for key in keys])], keys, cursor=str(max(keys)))
{textwrap.dedent(body)}
"""
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def made(folder: Path) -> Store:
    """An empty store."""
    store = Store(folder, SCHEMA)
    with store.writing() as writer:
        writer.rebuild([], epoch="e", cursor="0")
    return store


def counted(store: Store) -> int:
    """What a process that has just come reads."""
    facts = Facts(store)
    facts.load()
    total = facts.ask(TOTAL)["kind"].total()
    facts.close()
    return total


def test_two_processes_publish_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    store = made(tmp_path)
    both = [start(tmp_path, f"for n in range(20):\n    publish([{first} + n])") for first in (1000, 2000)]
    follower = Facts(store)
    while any(process.poll() is None for process in both):
        follower.load()
        follower.ask(TOTAL)
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        assert process.stdout is not None
        process.stdout.close()
    assert counted(store) == 40
    follower.load()
    assert follower.ask(TOTAL)["kind"].total() == 40
    follower.close()


@pytest.mark.parametrize("at", ["before the segment", "before the manifest", "inside the manifest"])
def test_a_process_killed_while_it_publishes_leaves_a_whole_store(tmp_path: Path, at: str) -> None:
    store = made(tmp_path)
    stops = {
        "before the segment": "from maillage.tables.engine import store as module\nmodule.write_small = stop",
        "before the manifest": "manifest.swap = stop",
        "inside the manifest": "Path.replace = stop",
    }
    body = f"def stop(*a, **k):\n    print('here', flush=True)\n    time.sleep(60)\n{stops[at]}\npublish([1, 2, 3])"
    process = start(tmp_path, body)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert counted(store) == 0
    with store.writing() as writer:  # no lock is left behind
        writer.publish([batch([Visit(key=9, day=date(2014, 1, 1), kind="k1")])], [9], cursor="9")
        writer.clean(older_than=0)
    assert counted(store) == 1
    assert {file.suffix for file in tmp_path.iterdir()} <= {".parquet", ".json", ""}


def test_a_process_killed_at_any_moment_leaves_a_whole_store(tmp_path: Path) -> None:
    store = made(tmp_path)
    for wait in (0.0, 0.01, 0.03):
        body = "print('go', flush=True)\nfor n in range(1, 500):\n    publish([n, n + 1000])"
        process = start(tmp_path, body)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + wait)
        process.kill()
        process.wait()
        process.stdout.close()
        manifest = store.manifest()
        assert manifest is not None
        total, last = counted(store), max(0, int(manifest.cursor) - 1000)
        assert total % 2 == 0  # each publication is of two facts: both are there, or neither
        assert total >= 2 * last


def test_a_reader_that_loses_its_segments_to_a_merge_reads_the_new_manifest(tmp_path: Path) -> None:
    store = made(tmp_path)
    stale = store.manifest()
    with store.writing() as writer:
        writer.publish([batch([Visit(key=1, day=date(2014, 1, 1), kind="k1")])], [1], cursor="1")
        stale = writer.manifest
        writer.compact()
        writer.clean(older_than=0)
    facts = Facts(store)
    facts.load(stale)
    assert facts.ask(TOTAL)["kind"].total() == 1
    facts.close()
