"""The store: a folder with a manifest and its segments, written by one process at a time and read by any number.

The protocol is told in docs/explanation/algorithms/columnar-facts.md.
"""

import fcntl
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from . import manifest as manifests
from .encoding import Codes, Encoded, encode, tombstones
from .manifest import Manifest, Segment
from .schema import FactBatch, FactSchema
from .segments import Staging, fact_columns, path, quoted, words_of, write_small

MAX_DELTAS = 48  # segments beside the base; more, and they are merged
MAX_DELTA_SHARE = 0.1  # rows of the deltas over rows of the base; more, and all is merged
MIN_DELTA_ROWS = 20_000  # fewer rows than that never make a merge of the base worth while
SMALL = 5_000  # changes that are written through the process's own DuckDB instance rather than one of their own
ORPHAN_AGE = 3600.0  # seconds after which a file that no manifest names is removed


class Store:
    """Facts of one schema in one folder."""

    def __init__(self, folder: Path, schema: FactSchema) -> None:
        self.folder = folder
        self.schema = schema

    def manifest(self) -> Manifest | None:
        """What the store is made of now; None when it must be rebuilt (missing, unreadable, of another shape)."""
        found = manifests.load(self.folder)
        return found if found is not None and found.schema == self.schema.digest else None

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """Be the only writer. The lock is the kernel's: it goes when the process that holds it dies, however it dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Writer(self)


class Writer:
    """What may be done to a store while its lock is held."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.schema = store.schema
        self.folder = store.folder
        self.manifest = store.manifest()

    def rebuild(self, batches: Iterable[FactBatch], *, epoch: str, cursor: str) -> Manifest:
        """Make the store anew from all facts, which stand as of `cursor` at least."""
        codes = Codes()
        segment = self._large(codes, 1, (encode(self.schema, codes, batch) for batch in batches))
        made = Manifest(self.schema.digest, uuid.uuid4().hex, epoch, cursor, (segment,), codes)
        return self._swap(made)

    def publish(self, batches: Iterable[FactBatch], keys: Sequence[int], *, cursor: str) -> Manifest:
        """Say that of the facts `keys` those in `batches` stand so now, and that the others are no more."""
        assert self.manifest is not None
        if not keys:
            return self._swap(replace(self.manifest, cursor=cursor))
        codes = self.manifest.codes.copy()
        encoded = [encode(self.schema, codes, batch) for batch in batches]
        gone = set(keys).difference(*(map(int, part.facts["key"]) for part in encoded))
        encoded.append(tombstones(self.schema, codes, sorted(gone)))
        step = self.manifest.step + 1
        if len(keys) <= SMALL:
            segment = self._small(codes, step, encoded)
        else:
            segment = self._large(codes, step, encoded)
        self._swap(replace(self.manifest, cursor=cursor, segments=(*self.manifest.segments, segment), codes=codes))
        self._tidy()
        return self.manifest

    def _small(self, codes: Codes, step: int, encoded: Sequence[Encoded]) -> Segment:
        kinds = [c.name for c in self.schema.children if any(len(part.children[c.name]["key"]) for part in encoded)]
        segment = self._segment(codes, step, step, sum(len(part.facts["key"]) for part in encoded), kinds)
        write_small(self.schema, self.folder, segment, encoded)
        return segment

    def _large(self, codes: Codes, step: int, encoded: Iterable[Encoded]) -> Segment:
        staging = Staging(self.schema, self.folder)
        try:
            for part in encoded:
                staging.add(part)
            segment = self._segment(codes, step, step, staging.rows, staging.children())
            staging.write(self.folder, segment)
        finally:
            staging.close()
        return segment

    def compact(self) -> Manifest:
        """Merge all segments in one: the newest line of each key, without the facts that are no more."""
        assert self.manifest is not None
        return self._merge(self.manifest.segments, whole=True)

    def _tidy(self) -> None:
        """Merge the deltas among themselves when they are many, and with the base when they are heavy."""
        assert self.manifest is not None
        base, *deltas = self.manifest.segments
        rows = sum(segment.rows for segment in deltas)
        if rows > max(MIN_DELTA_ROWS, MAX_DELTA_SHARE * base.rows):
            self.compact()
        elif len(deltas) > MAX_DELTAS:
            self._merge(tuple(deltas), whole=False)
        else:
            return
        self.clean()

    def _merge(self, segments: tuple[Segment, ...], *, whole: bool) -> Manifest:
        assert self.manifest is not None
        staging = Staging(self.schema, self.folder)
        try:
            merge(staging, self.folder, segments, keep_gone=not whole)
            merged = self._segment(
                self.manifest.codes, segments[0].first, segments[-1].last, staging.rows, staging.children()
            )
            staging.write(self.folder, merged)
        finally:
            staging.close()
        before = self.manifest.segments[: len(self.manifest.segments) - len(segments)]
        return self._swap(replace(self.manifest, segments=(*before, merged)))

    def clean(self, older_than: float = ORPHAN_AGE) -> int:
        """Remove files that no manifest names, once no reader can still be at them. Returns how many."""
        named = {s.name for s in self.manifest.segments} if self.manifest else set()
        limit = time.time() - older_than
        removed = 0
        for file in self.folder.iterdir():
            kept = file.name in {manifests.NAME, "lock"} or file.name.split(".")[0] in named
            if not kept and file.stat().st_mtime <= limit:
                shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
                removed += 1
        return removed

    def _segment(self, codes: Codes, first: int, last: int, rows: int, children: list[str]) -> Segment:
        name = f"{last:08d}-{uuid.uuid4().hex[:12]}"
        return Segment(name, first, last, rows, words_of(self.schema, codes), children)

    def _swap(self, manifest: Manifest) -> Manifest:
        manifests.flush_folder(self.folder)
        manifests.swap(self.folder, manifest)
        self.manifest = manifest
        return manifest


def merge(staging: Staging, folder: Path, segments: Sequence[Segment], *, keep_gone: bool) -> None:
    """Gather in `staging` what these segments, one after the other, say together.

    `keep_gone` keeps the lines of facts that are no more, for older segments that are not part of the merge.
    """
    connection = staging.connection
    for segment in segments:
        facts = quoted(path(folder, segment.name))
        if segment is not segments[0]:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS SELECT key FROM read_parquet('{facts}')")
            for table in ("facts", *(child.name for child in staging.schema.children)):
                connection.execute(f'DELETE FROM "{table}" WHERE key IN (SELECT key FROM touched)')
        staging.widen(fact_columns(staging.schema, segment.words))
        kept = "" if keep_gone else " WHERE alive"
        connection.execute(f"INSERT INTO facts BY NAME SELECT * FROM read_parquet('{facts}'){kept}")
        for child in segment.children:
            rows = quoted(path(folder, segment.name, child))
            connection.execute(f"INSERT INTO \"{child}\" BY NAME SELECT * FROM read_parquet('{rows}')")
    found = connection.execute("SELECT count(*) FROM facts").fetchone()
    staging.rows = found[0] if found else 0
