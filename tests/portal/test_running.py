"""Starting, checking and logging: what an operator meets."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from maillage.core import access_log, sqlite
from maillage.core.errors import Refused
from maillage.portal.running import assertions, server, static_files


def held(code: str) -> bool:
    return next(finding.holds for finding in assertions.findings() if finding.code == code)


@pytest.mark.django_db
def test_all_assertions_have_a_sentence(settings: Any) -> None:
    settings.STATIC_ROOT = settings.HOME / "static"
    found = list(assertions.findings())
    assert len({finding.code for finding in found}) == len(found)
    assert all(finding.sentence for finding in found)
    assert held("argon2") is (settings.PASSWORD_HASHERS[0].endswith("Argon2idHasher"))


@pytest.mark.django_db
def test_a_key_that_others_read_is_told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILLAGE_SECRET_KEY", raising=False)
    settings.SECRET_KEY = "x" * 50
    key = Path(settings.HOME) / "secret_key"
    key.write_text(settings.SECRET_KEY)
    key.chmod(0o644)
    assert not held("secret_key")
    key.chmod(0o600)
    assert held("secret_key")


@pytest.mark.django_db
def test_the_key_of_protected_figures_is_watched_too(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILLAGE_DISCLOSURE_KEY", raising=False)
    key = Path(settings.HOME) / "disclosure_key"
    assert not held("disclosure_key")
    key.write_text(settings.DISCLOSURE_KEY)
    key.chmod(0o640)
    assert not held("disclosure_key")
    key.chmod(0o600)
    assert held("disclosure_key")
    settings.DISCLOSURE_KEY = "courte"
    assert not held("disclosure_key")


@pytest.mark.django_db
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertions.shutil, "disk_usage", lambda path: _Usage(free=1000))
    assert not held("disk")


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


@pytest.mark.django_db
def test_check_answers_as_data(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.STATIC_ROOT = settings.HOME / "static"
    with pytest.raises(SystemExit) as stopped:
        call_command("check", "--json")
    assert stopped.value.code == 1
    lines = json.loads(capsys.readouterr().out)
    assert {"code", "holds", "sentence"} == set(lines[0])
    assert not next(line["holds"] for line in lines if line["code"] == "static")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_could_lose_what_it_confirmed_is_not_served() -> None:
    is_sqlite = server.connection.vendor == "sqlite"
    lax, strict = ("PRAGMA synchronous=%s", "NORMAL"), ("PRAGMA synchronous=%s", "FULL")
    if not is_sqlite:
        lax, strict = ("SET synchronous_commit=%s", "off"), ("SET synchronous_commit=%s", "on")
    assertions.require_durable()
    with server.connection.cursor() as cursor:
        cursor.execute(lax[0] % lax[1])
        try:
            with pytest.raises(Refused, match="SQLite" if is_sqlite else "remettez"):
                assertions.require_durable()
        finally:
            cursor.execute(strict[0] % strict[1])


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="déjà pris"):
            server.require_free_port("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(Refused, match="n'est pas de cette machine"):
        server.require_free_port("203.0.113.7", 8160)


@pytest.mark.django_db
def test_several_processes_need_a_sound_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "is_sound", lambda: False)
    monkeypatch.setattr(server.connection, "vendor", "sqlite")
    assert server.default_workers() == 1
    with pytest.raises(Refused, match="--workers 1"):
        server.require_startable("127.0.0.1", 8160, 2)


def test_static_files_are_gathered_once(settings: Any) -> None:
    settings.STATIC_ROOT = settings.HOME / "static"
    assert not static_files.are_fresh()
    assert static_files.gather() is True
    assert static_files.are_fresh()
    assert static_files.gather() is False
    (settings.STATIC_ROOT / static_files.STAMP).write_text("autre")
    assert static_files.gather() is True


@pytest.mark.django_db
def test_access_log_holds_routes_and_no_words(settings: Any, as_role: Any, program: Any) -> None:
    settings.LOG_ROOT = settings.HOME / "logs"
    access_log.make_room()
    client: Client = as_role(program, "worker")
    client.get("/readyz", {"q": "un nom de personne"}, REMOTE_ADDR="203.0.113.9")
    [path] = settings.LOG_ROOT.iterdir()
    text = path.read_text()
    line = json.loads(text)
    assert (line["route"], line["status"], line["method"]) == ("readyz", 200, "GET")
    assert "personne" not in text
    assert "203.0.113.9" not in text
    assert path.stat().st_mode & 0o077 == 0


def test_old_access_logs_are_removed(settings: Any) -> None:
    settings.LOG_ROOT = settings.HOME / "logs"
    settings.LOG_ROOT.mkdir()
    old = settings.LOG_ROOT / "access-2020-01-01.jsonl"
    old.write_text("{}\n")
    access_log.make_room()
    assert not old.exists()


def test_a_log_that_cannot_be_written_stops_nothing(settings: Any, client: Client) -> None:
    settings.LOG_ROOT = settings.HOME / "absent"
    assert client.get("/healthz").status_code == 200
