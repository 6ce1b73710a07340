"""The floors as `pyproject.toml` declares them, and the files of the house."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "maillage"


@cache
def floors() -> dict[str, int]:
    """`{app: floor}`, the ground floor being 0; apps of one floor do not know each other."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"] == "floors")
    found: dict[str, int] = {}
    for height, line in enumerate(reversed(layers)):
        for app in line.split("|"):
            found[app.strip(" ()")] = height
    return found


def points_down(from_app: str, to_app: str) -> bool:
    """Whether `from_app` may know `to_app`: itself, or a lower floor."""
    return from_app == to_app or floors()[from_app] > floors()[to_app]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Files of the project that git tracks, or would (new ones that are not ignored)."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(sorted({ROOT / name for name in names if (ROOT / name).is_file()}))


def python_files(below: Path = PACKAGE) -> list[Path]:
    """Python files below a folder, migrations left out."""
    return [p for p in tracked_files() if p.suffix == ".py" and below in p.parents and "migrations" not in p.parts]


def templates() -> list[Path]:
    """All templates of the product."""
    return [p for p in tracked_files() if "templates" in p.parts and p.suffix in (".html", ".txt")]


def app_of(path: Path) -> str:
    """The app a file of the package stands in."""
    return path.relative_to(PACKAGE).parts[0]


def short(path: Path) -> str:
    """The path as a test's id."""
    return str(path.relative_to(ROOT))
