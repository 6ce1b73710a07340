"""Real files beside the project, when they are there: nobody here wrote them and none is copied."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MAILLAGE_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


def real(name: str) -> Path:
    """The path of a real file; the test is skipped, and says so, where it is not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real data absent: {name} (MAILLAGE_SHARED_DATA)")
    return path
