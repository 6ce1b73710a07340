"""Imports a file as the page and the command do."""

import json
from pathlib import Path
from typing import Any

from maillage.core.actor import PRODUCT
from maillage.core.imports import find, run


def import_file(
    path: Path, source: str = "", *, write: bool = True, partial: bool = False, **options: str
) -> dict[str, Any]:
    """The report of an import, written unless told otherwise."""
    importer = find("services")
    assert importer is not None
    prepared = run.prepare(importer, path)
    analysis = run.analyse(importer, PRODUCT, prepared, {"source": source, **options})
    report = run.report(importer, prepared, analysis)
    if write:
        run.write(analysis, accept_partial=partial)
    return report


def write_json(path: Path, content: Any) -> Path:
    """A JSON file."""
    path.write_text(json.dumps(content, ensure_ascii=False))
    return path


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    found = report["counts"]
    return found["new"], found["changed"], found["unchanged"], found["refused"]
