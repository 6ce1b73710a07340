"""A file is named after its subject, public things say what they are, rooms have the same furniture."""

import ast

import pytest

from .house import PACKAGE, floors, python_files, short, tracked_files

NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "stuff"}
ROOMS = sorted(app for app in floors() if (PACKAGE / app / "apps.py").exists())


def test_no_file_without_a_subject() -> None:
    for path in tracked_files():
        assert not NO_SUBJECT & {path.stem, *path.parts}, path


@pytest.mark.parametrize("room", ["services", "queries", "permissions"])
def test_public_functions_say_what_they_do(room: str) -> None:
    for path in python_files():
        if room not in (path.stem, path.parent.name):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{short(path)}: {node.name} says nothing of itself"


def test_kernel_functions_say_what_they_do() -> None:
    for path in python_files(PACKAGE / "tables"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{short(path)}: {node.name} says nothing of itself"


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_its_page(room: str) -> None:
    page = PACKAGE / room / "README.md"
    assert page.exists(), f"{room} has no README.md"
    assert len(page.read_text().splitlines()) <= 80


def test_services_take_keywords_only() -> None:
    for path in python_files():
        if path.parent.name != "services" or path.is_relative_to(PACKAGE / "core"):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                given = [argument.arg for argument in node.args.args]
                assert not given, f"{short(path)}: {node.name}({', '.join(given)})"
