"""Backups: whole, verified, restored elsewhere, never over data without a copy. On the engine under test."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from .installation import Installation

SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
OPEN = "__import__('maillage.accounts.services').accounts.services.open_account"
PEOPLE = "__import__('maillage.accounts.models').accounts.models.User.objects.count()"
EPOCH = "__import__('maillage.core.changes').core.changes.epoch()"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """`engine()` gives an empty installation that is migrated, with a database of its own."""
    made: list[str] = []

    def build() -> Installation:
        home = tmp_path_factory.mktemp("installation")
        if SQLITE:
            return Installation(home)
        name = f"backup_{uuid4().hex[:12]}"
        with psycopg.connect(_address("postgres"), autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{name}"')
        made.append(name)
        return Installation(home, _address(name))

    yield build
    for name in made:
        with psycopg.connect(_address("postgres"), autocommit=True) as link:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _address(name: str) -> str:
    given = settings.DATABASES["default"]
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{secret}@{given['HOST']}:{given['PORT'] or 5432}/{name}"


@pytest.fixture(scope="module")
def source(engine) -> Installation:
    """An installation with one account and one file."""
    installation = engine()
    installation.do("migrate", "-v", "0")
    installation.ask(
        f"{OPEN}(email='a@demo.maillage.test', full_name='Personne Inventée', password='vingt-deux-outardes')"
    )
    (installation.home / "files").mkdir()
    (installation.home / "files" / "plan.txt").write_text("un plan")
    return installation


@pytest.fixture(scope="module")
def saved(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "un"
    said = json.loads(source.do("backup", str(folder), "--json"))
    assert said["pieces"] >= 2
    return folder


def test_restored_in_an_empty_installation(engine, source: Installation, saved: Path) -> None:
    fresh = engine()
    assert "restaurée" in fresh.do("restore", str(saved))
    assert fresh.ask(PEOPLE) == "1"
    assert (fresh.home / "files" / "plan.txt").read_text() == "un plan"
    assert (fresh.home / "secret_key").read_text() == (source.home / "secret_key").read_text()
    assert (fresh.home / "secret_key").stat().st_mode & 0o077 == 0
    assert (fresh.home / "disclosure_key").read_text() == (source.home / "disclosure_key").read_text()
    assert (fresh.home / "disclosure_key").stat().st_mode & 0o077 == 0
    assert fresh.ask(EPOCH) != source.ask(EPOCH), "mirrors and devices start over"


def test_refused_over_data_then_forced_with_a_copy(engine, saved: Path) -> None:
    used = engine()
    used.do("migrate", "-v", "0")
    for name in ("b", "c"):
        used.ask(f"{OPEN}(email='{name}@demo.maillage.test', full_name='Invention', password='vingt-deux-outardes')")
    refused = used.run("restore", str(saved))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert used.ask(PEOPLE) == "2"
    used.do("restore", str(saved), "--force")
    assert used.ask(PEOPLE) == "1"
    [kept] = used.home.glob("before-restore-*")
    used.do("restore", str(kept), "--force")
    assert used.ask(PEOPLE) == "2"


def test_a_damaged_backup_is_refused_and_changes_nothing(engine, source: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "deux"
    source.do("backup", str(folder))
    with (folder / "files" / "plan.txt").open("a") as plan:
        plan.write("!")
    fresh = engine()
    refused = fresh.run("restore", str(folder))
    assert refused.returncode == 1
    assert "plan.txt" in refused.stderr
    assert "abîmé" in refused.stderr
    assert not (fresh.home / "files").exists()


def test_sentences(engine, source: Installation, saved: Path, tmp_path: Path) -> None:
    again = source.run("backup", str(saved))
    assert again.returncode == 1
    assert "n'est pas vide" in again.stderr
    nothing = source.run("restore", str(tmp_path))
    assert nothing.returncode == 1
    assert "n'est pas une sauvegarde" in nothing.stderr
    assert source.run("restore").returncode == 2
