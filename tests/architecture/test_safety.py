"""What no file of the project may hold."""

import re
from pathlib import Path

import pytest

from .house import short, templates, tracked_files

TEXT = {".py", ".html", ".txt", ".md", ".js", ".mjs", ".scss", ".json", ".toml", ".yml", ".yaml", ".po", ".typ", ""}
HOSTS = re.compile(r"https?://(?:[\w.-]*\.)?(?:pypi\.org|pythonhosted\.org|npmjs\.org|npmjs\.com)|file:///", re.I)
PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt/wheels)/")
LOCKS = {"run.txt", "dev.txt", "package-lock.json"}


def test_no_registry_host_nor_machine_path() -> None:
    for path in tracked_files():
        if path.suffix not in TEXT or path == Path(__file__):
            continue
        text = path.read_text(errors="replace")
        for pattern in (HOSTS, PATHS):
            found = pattern.search(text)
            assert not found, f"{short(path)}: {found and found.group()}"


def test_locks_hold_hashes() -> None:
    for path in tracked_files():
        if path.name in LOCKS:
            text = path.read_text()
            assert "sha512-" in text or "--hash=sha256:" in text, path
            assert '"resolved"' not in text, path


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son(?:click|change|submit|load|input)\s*=|javascript:", re.I
)


@pytest.mark.parametrize("path", [p for p in templates() if p.suffix == ".html"], ids=short)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    found = INLINE.search(path.read_text())
    assert not found, f"{path.name}: {found and found.group()}"


def test_real_data_is_not_shipped() -> None:
    for path in tracked_files():
        assert path.suffix not in {".gpkg", ".shp", ".dbf", ".sqlite3", ".parquet"}, path
        assert path.stat().st_size < 1_500_000, path
