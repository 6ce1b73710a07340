"""What an operator reads agrees with what the product does."""

import re
from pathlib import Path

from maillage.config.cli import product_commands

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "docs/reference/settings.md").read_text()
COMMANDS = (ROOT / "docs/reference/command-line.md").read_text()


def test_every_variable_is_explained() -> None:
    read = set()
    for path in (ROOT / "maillage").rglob("*.py"):
        read |= set(re.findall(r"""environ(?:\.get\(|\[)\s*["'](\w+)["']""", path.read_text()))
    assert read - {"DJANGO_SETTINGS_MODULE"}
    for name in read:
        assert f"`{name}`" in SETTINGS, f"docs/reference/settings.md does not explain {name}"


def test_every_command_is_explained() -> None:
    for name, help in product_commands().items():
        assert f"`{name}" in COMMANDS, f"docs/reference/command-line.md does not explain {name}"
        assert help.strip().endswith("."), f"{name} does not say what it does in a sentence"


def test_the_guides_name_commands_that_exist() -> None:
    known = {*product_commands(), "migrate"}
    for path in (ROOT / "docs/how-to").glob("*.md"):
        for name in re.findall(r"bin/maillage (\w+)", path.read_text()):
            assert name in known, f"{path.name}: {name}"
