"""The manifest: the one small file that says which segments make the store now, replaced whole or not at all."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .encoding import Codes

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Segment:
    """An immutable file, and one for each kind of child in `children` (kinds without rows have none).

    It holds all that was published in steps `first` to `last`.
    """

    name: str
    first: int
    last: int
    rows: int
    words: dict[str, int]
    children: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the store is made of. `lineage` changes at each rebuild; `cursor` and `epoch` are the caller's own."""

    schema: str
    lineage: str
    epoch: str
    cursor: str
    segments: tuple[Segment, ...]
    codes: Codes

    @property
    def step(self) -> int:
        """The number of the last publication."""
        return self.segments[-1].last if self.segments else 0

    @property
    def rows(self) -> int:
        """Lines of all segments."""
        return sum(segment.rows for segment in self.segments)

    def dump(self) -> str:
        """As the file holds it."""
        segments = [[s.name, s.first, s.last, s.rows, s.words, s.children] for s in self.segments]
        content = {
            "schema": self.schema,
            "lineage": self.lineage,
            "epoch": self.epoch,
            "cursor": self.cursor,
            "segments": segments,
            "codes": self.codes.lists,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def load(folder: Path) -> Manifest | None:
    """The manifest of `folder`; None where there is none or it cannot be understood (the store is then rebuilt)."""
    try:
        content: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        return Manifest(
            schema=str(content["schema"]),
            lineage=str(content["lineage"]),
            epoch=str(content["epoch"]),
            cursor=str(content["cursor"]),
            segments=tuple(Segment(*fields) for fields in content["segments"]),
            codes=Codes(content["codes"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def swap(folder: Path, manifest: Manifest) -> None:
    """Make `manifest` the one that readers find: written beside, flushed to the disk, renamed, folder flushed."""
    draft = folder / f"{NAME}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.dump())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)
    flush_folder(folder)


def flush_files(paths: Sequence[Path]) -> None:
    """Wait until these files are on the disk."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def flush_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk."""
    flush_files([folder])
