"""Files and functions stay small enough to be read at one sitting. The list of exceptions can only shrink."""

import ast
from pathlib import Path

from .house import PACKAGE, ROOT, python_files, short, templates

# What stands above its soft limit, with its size: it may only get smaller, and leaves the list when it fits.
EXCEPTIONS: dict[str, int] = {}


def _check(found: dict[str, int], soft: int, hard: int) -> None:
    for name, size in found.items():
        limit = min(EXCEPTIONS.get(name, soft), hard)
        assert size <= limit, f"{name}: {size} lines (limit {limit})"
        assert size > soft or name not in EXCEPTIONS, f"{name} fits now: take it off the list"


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_modules() -> None:
    _check({short(p): _lines(p) for p in python_files(PACKAGE)}, 300, 500)


def test_templates() -> None:
    _check({short(p): _lines(p) for p in templates()}, 120, 120)


def test_test_files() -> None:
    _check({short(p): _lines(p) for p in python_files(ROOT / "tests")}, 500, 800)


def test_functions() -> None:
    found: dict[str, int] = {}
    for path in python_files(PACKAGE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{short(path)}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    _check(found, 40, 80)


def test_every_exception_still_exists() -> None:
    for name in EXCEPTIONS:
        assert (ROOT / name.split(":")[0]).exists(), f"{name} is gone: take it off the list"
