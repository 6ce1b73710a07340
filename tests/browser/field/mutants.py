"""Bundles of the field journal with one planted bug, built aside: the product's sources are never touched."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "front" / "src"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"


@dataclass(frozen=True)
class Change:
    """In `file`, `old` (there exactly once) becomes `new`."""

    file: str
    old: str
    new: str


@cache
def bundles(changes: tuple[Change, ...] = (), probe: str = "") -> dict[str, bytes]:
    """Bundles by their stem, built from a copy of `front/src` with these changes, and `probe` where a source is given."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src"
        shutil.copytree(SOURCE, copy)
        for change in changes:
            path = copy / change.file
            text = path.read_text()
            assert text.count(change.old) == 1, f"{change.file} no longer holds once: {change.old}"
            path.write_text(text.replace(change.old, change.new))
        if probe:
            (copy / "probe.js").write_text(probe)
        names = [n for n in ("app", "entry", "field", "sw", "probe") if (copy / f"{n}.js").exists()]
        build(copy, names, Path(folder) / "out")
        return {path.stem: path.read_bytes() for path in (Path(folder) / "out").glob("*.js")}


def build(source: Path, names: list[str], output: Path) -> None:
    """What `front/build.mjs` does for scripts, for these entry points of another folder."""
    files = [str(source / f"{name}.js") for name in names]
    options = ["--bundle", "--format=esm", "--target=es2020", "--log-level=warning", f"--outdir={output}"]
    env = {**os.environ, "NODE_PATH": str(ROOT / "node_modules")}
    subprocess.run([str(ESBUILD), *files, *options], check=True, env=env, cwd=ROOT)
