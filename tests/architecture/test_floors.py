"""What import rules cannot see: keys, migrations, templates and addresses point down too."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from .house import PACKAGE, app_of, floors, points_down, python_files, short, templates

OURS = sorted(app for app in floors() if (PACKAGE / app / "apps.py").exists())
OPEN_ROOMS = {"enums", "models", "permissions", "queries", "facts", "services", "signals"}
# Beyond the rooms that every app opens: what a higher floor exists to print (docs/decisions/0002) or to speak (0022).
ALSO_OPEN = {
    "statistics": {"portrait", "charts", "presentation", "publication", "attack_report"},
    "programs": {"shipped_frame", "synthetic"},
    "journal": {"sync", "screening"},
    "concertation": {"network", "tabs"},
    "territories": {"fields"},
    "directory": {"fields", "sheets", "sheet_page", "exchange", "opening", "searching", "synthetic"},
}


@pytest.mark.parametrize("label", OURS)
def test_foreign_keys_point_down(label: str) -> None:
    for model in apps.get_app_config(label).get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if target and field.concrete and target._meta.app_label in floors():
                assert points_down(label, target._meta.app_label), f"{model.__name__}.{field.name} points up"


@pytest.mark.parametrize("label", OURS)
def test_migrations_depend_on_lower_floors(label: str) -> None:
    for path in (PACKAGE / label / "migrations").glob("0*.py"):
        for app in re.findall(r'\("(\w+)", "\d{4}_\w+"\)', path.read_text()):
            assert app not in floors() or points_down(label, app), f"{path.name} depends on {app}"


@pytest.mark.parametrize("path", templates(), ids=short)
def test_templates_use_lower_templates_and_addresses(path: Path) -> None:
    text, app = path.read_text(), app_of(path)
    for name in re.findall(r"""{%\s*(?:include|extends)\s+["'](\w+)/""", text):
        assert name not in floors() or points_down(app, name), f"{path.name} uses a template of {name}"
    for name in re.findall(r"""{%\s*url\s+["'](\w+):""", text):
        assert name not in floors() or points_down(app, name), f"{path.name} links to {name}"


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_another_app_is_entered_by_its_open_rooms_only(path: Path) -> None:
    app = app_of(path)
    if path.parent == PACKAGE or app == "config":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("maillage."):
            continue
        words = (node.module or "").split(".")[1:]
        if words[0] in (app, "core", "tables"):
            continue
        entered = {words[1]} if len(words) > 1 else {alias.name for alias in node.names}
        closed = sorted(entered - OPEN_ROOMS - ALSO_OPEN.get(words[0], set()))
        assert not closed, f"{path.name} enters maillage.{words[0]} by {closed}"


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_addresses_in_code_point_down(path: Path) -> None:
    for name in re.findall(r"""(?:reverse|redirect|reverse_lazy)\(\s*["'](\w+):""", path.read_text()):
        assert name not in floors() or app_of(path) == "config" or points_down(app_of(path), name), name


def test_kernel_knows_no_word_of_the_domain() -> None:
    domain = re.compile(r"\b(?:interventions?|milieux?|locataires?|referrals?|housing|ententes?|tenants?)\b", re.I)
    for path in python_files(PACKAGE / "core"):
        found = domain.search(path.read_text())
        assert not found, f"{short(path)} speaks of « {found and found.group()} »"
