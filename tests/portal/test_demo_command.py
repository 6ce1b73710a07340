"""`maillage demo` on an empty folder: what a newcomer runs first."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from maillage.portal.demonstration.accounts import ACCOUNTS

from .installation import COMMAND, Installation, Served, Visitor, free_port

pytestmark = pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="the demonstration keeps its data in SQLite"
)
FOR_ALL = (
    "/",
    "/portraits/",
    "/portraits/entente-2013-2016/",
    "/portraits/entente-2013-2016/portrait.json",
    "/programmes/",
    "/programmes/entente-2013-2016/",
    "/compte/",
)
FOR_TEAM = ("/journal/", "/journal/nouvelle/")
TEAM = {"coordinator", "worker", "outreach"}
PASSWORD = re.compile(r"mot de passe : (\S+)\)")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture(scope="module")
def first_run(installation: Installation) -> Iterator[Served]:
    _start_and_kill(installation)
    served = Served(installation, "demo", free_port())
    yield served
    if served.process.poll() is None:
        served.stop()


def _start_and_kill(installation: Installation) -> None:
    """A first start that dies while it loads: the next one starts over as if nothing had been."""
    words = [*COMMAND, "demo", "--port", str(free_port())]
    with subprocess.Popen(words, env=installation.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while "Organisations" not in process.stdout.readline():
            assert process.poll() is None
        process.kill()
    assert _count(installation.home) == 0


def test_first_run_serves_then_second_keeps_the_data(installation: Installation, first_run: Served) -> None:
    visitor = Visitor(first_run.port)
    assert visitor.get("/readyz") == (200, "ok")
    _accounts_sign_in(first_run)
    taken = installation.run("demo", "--port", str(first_run.port))
    assert taken.returncode == 1
    assert "est déjà pris" in taken.stderr
    assert first_run.stop() == 0
    printed = "\n".join(first_run.lines)
    for account in ACCOUNTS:
        assert account.email in printed
    before = _count(installation.home)
    again = Served(installation, "demo", free_port())
    assert again.stop() == 0
    assert _count(installation.home) == before
    assert not any("Territoires" in line for line in again.lines)


def _accounts_sign_in(served: Served) -> None:
    password = None
    while password is None:
        assert served.process.stdout
        served.lines.append(served.process.stdout.readline().rstrip("\n"))
        password = PASSWORD.search(served.lines[-1])
    for account in ACCOUNTS:
        visitor = Visitor(served.port)
        visitor.sign_in(account.email, password[1])
        if account.role is None and not account.administers:  # keeps sheets of the directory, is in no programme
            assert [visitor.get(path)[0] for path in ("/", "/repertoire/", FOR_ALL[2])] == [200, 200, 404]
            continue
        for path in FOR_ALL + FOR_TEAM * (account.role in TEAM):
            assert visitor.get(path)[0] == 200, (account.email, path)
        if account.role not in TEAM and account.role:
            assert visitor.get("/journal/")[0] == 404, account.email


def _count(home: Path) -> int:
    with sqlite3.connect(home / "maillage.sqlite3") as database:
        [(count,)] = database.execute("SELECT count(*) FROM journal_entry").fetchall()
    database.close()
    return int(count)


def test_an_older_database_is_not_served(tmp_path: Path) -> None:
    refused = Installation(tmp_path / "home").run("serve", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "maillage migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
