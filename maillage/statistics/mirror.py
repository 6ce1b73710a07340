"""The mirror of the transactional database in columnar facts, brought up to date when a figure is asked.

What was committed before the question is in the answer. See docs/explanation/algorithms/columnar-facts.md.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from maillage.core import changes
from maillage.tables.engine import Facts, FactSource, Manifest, Store, StoreLost, Writer
from maillage.tables.engine.spark import SparkFacts

from . import cluster, engines
from .registry import sources

MANY, MANY_SHARE = 20_000, 0.2  # changes after which reading all anew costs less than merging

_held: dict[tuple[int, str], Facts] = {}
_guard = threading.Lock()


@contextmanager
def facts(name: str) -> Iterator[Facts | SparkFacts]:
    """The facts of schema `name` as of now, counted by the engine that was chosen.

    On a cluster they are those of its data set. Inside an open transaction what it sees may yet be undone: a private mirror is made for the question and thrown
    away, so that nothing uncommitted is ever published.
    """
    source = sources()[name]
    chosen = engines.chosen()
    if chosen.engine == engines.SPARK:
        with cluster.facts(source, chosen, _epoch(source)) as elsewhere:
            yield elsewhere
        return
    if connection.in_atomic_block:
        with tempfile.TemporaryDirectory(prefix="maillage-facts-") as folder:
            private = Facts(Store(Path(folder), source.schema))
            try:
                private.load(rebuild(private.store, source))
                yield private
            finally:
                private.close()
        return
    held = _facts_of_process(source)
    try:
        held.load(refresh(held.store, source))
    except StoreLost:
        held.load(rebuild(held.store, source))
    yield held


def store_of(name: str) -> Store:
    """The store of schema `name`, brought up to what is committed now."""
    source = sources()[name]
    store = Store(_folder(source), source.schema)
    refresh(store, source)
    return store


def _folder(source: FactSource) -> Path:
    return Path(settings.HOME) / "facts" / source.schema.name


def _facts_of_process(source: FactSource) -> Facts:
    folder = _folder(source)
    key = (os.getpid(), str(folder))  # a forked process must not use its parent's DuckDB
    with _guard:
        if key not in _held:
            _held[key] = Facts(Store(folder, source.schema))
        return _held[key]


def refresh(store: Store, source: FactSource) -> Manifest:
    """Bring `store` up to what is committed now; from nothing if it is missing, damaged, or of another database."""
    manifest = store.manifest()
    epoch = _epoch(source)
    if manifest is None or manifest.epoch != epoch:
        return rebuild(store, source)
    keys, cursor = changes.read_since(source.stream, manifest.cursor)
    if not keys:
        return manifest
    with store.writing() as writer:
        if writer.manifest is None or writer.manifest.epoch != epoch:
            return _rebuild(writer, source)
        if writer.manifest.cursor != manifest.cursor:
            keys, cursor = changes.read_since(source.stream, writer.manifest.cursor)
        if not keys:
            return writer.manifest  # another process did it while we waited for the lock
        many = len(keys) > MANY and len(keys) > MANY_SHARE * writer.manifest.rows
        if many or changes.EVERYTHING in keys:
            return _rebuild(writer, source)
        return writer.publish(source.read(keys), keys, cursor=cursor)


def rebuild(store: Store, source: FactSource) -> Manifest:
    """Make the store anew, unless another process has just done so."""
    seen = store.manifest()
    with store.writing() as writer:
        done = writer.manifest
        if done is not None and (seen is None or done.lineage != seen.lineage) and done.epoch == _epoch(source):
            return done
        return _rebuild(writer, source)


def _rebuild(writer: Writer, source: FactSource) -> Manifest:
    cursor = changes.head(source.stream)  # first: what is written from here on will be read again
    made = writer.rebuild(source.read(None), epoch=_epoch(source), cursor=cursor)
    writer.clean()
    return made


def _epoch(source: FactSource) -> str:
    """This life of the database, and the seal under which its rows are read."""
    return f"{changes.epoch()} {source.seal()}".strip()
