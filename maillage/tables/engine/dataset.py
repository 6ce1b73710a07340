"""The facts of a store as a partitioned Parquet data set, for engines that run elsewhere.

A folder of immutable versions under one small file, `current.json`, that names the one to read and is replaced whole.
The protocol is told in docs/explanation/algorithms/columnar-facts.md.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .encoding import Codes
from .manifest import flush_files, flush_folder
from .schema import FactSchema

FORMAT = 1
POINTER, MANIFEST = "current.json", "manifest.json"
VERSION = re.compile(r"v\d{8}-[0-9a-f]{12}")


class DataSetLost(Exception):
    """There is no data set in the folder, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One version. `cursor` and `epoch` are the store's own words; `held` lists the codes of the first order dimension
    that it was limited to, None when it holds all facts; `rows` is by table, `partitions` counts those of the facts."""

    folder: Path
    schema: str
    lineage: str
    step: int
    epoch: str
    cursor: str
    written: datetime
    held: tuple[str, ...] | None
    rows: dict[str, int]
    partitions: int
    bytes: int
    codes: Codes = field(compare=False)

    def says(self) -> dict[str, Any]:
        """As the version's own file holds it."""
        return {
            "format": FORMAT,
            "schema": self.schema,
            "lineage": self.lineage,
            "step": self.step,
            "epoch": self.epoch,
            "cursor": self.cursor,
            "written": self.written.isoformat(),
            "held": self.held,
            "rows": self.rows,
            "partitions": self.partitions,
            "bytes": self.bytes,
            "codes": self.codes.lists,
        }


def load(folder: Path) -> DataSet:
    """The version that `folder` names now; `DataSetLost` when there is none that can be read."""
    try:
        version = json.loads((folder / POINTER).read_bytes())["version"]
        if not VERSION.fullmatch(version):
            raise DataSetLost(str(folder))
        said = json.loads((folder / version / MANIFEST).read_bytes())
        if said["format"] != FORMAT:
            raise DataSetLost(str(folder))
        return DataSet(
            folder=folder / version,
            schema=str(said["schema"]),
            lineage=str(said["lineage"]),
            step=int(said["step"]),
            epoch=str(said["epoch"]),
            cursor=str(said["cursor"]),
            written=datetime.fromisoformat(said["written"]),
            held=None if said["held"] is None else tuple(said["held"]),
            rows={str(table): int(count) for table, count in said["rows"].items()},
            partitions=int(said["partitions"]),
            bytes=int(said["bytes"]),
            codes=Codes(said["codes"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise DataSetLost(str(folder)) from trouble


def put(folder: Path, files: Path, version: DataSet) -> None:
    """Make the files gathered in `files` the version that readers of `folder` find: whole, or not at all."""
    manifest = files / MANIFEST
    manifest.write_text(json.dumps(version.says(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    flush_files([manifest, *(path for path in files.rglob("*") if path.is_dir()), files])
    files.replace(version.folder)
    flush_folder(folder)
    pointer = folder / f"{POINTER}.{os.getpid()}"
    pointer.write_text(json.dumps({"version": version.folder.name}), encoding="utf-8")
    flush_files([pointer])
    pointer.replace(folder / POINTER)
    flush_folder(folder)


def tidy(folder: Path, kept: set[str]) -> None:
    """Remove drafts of writers that died, and versions that are not among `kept`."""
    for path in folder.iterdir():
        if path.name.startswith("draft-") or (VERSION.fullmatch(path.name) and path.name not in kept):
            shutil.rmtree(path, ignore_errors=True)


def now() -> datetime:
    """When a version is written."""
    return datetime.now(UTC)


def apart(schema: FactSchema, child: str) -> str:
    """The column by which files are kept apart, before the year: the first order dimension, of the fact or its own."""
    return f"fact_{schema.order[0]}" if child else schema.order[0]
