"""Reading one's own entries again: nothing missed, nothing of anybody else, the same number of queries whatever there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.core.changes import announce, announce_all
from maillage.core.models import Epoch
from maillage.journal.enums import STREAM
from maillage.journal.sync import pull as pulling
from tests.factories import make_entry, make_member, make_program, make_site

ADDRESS = "/api/sync/v1/entries"
# On PostgreSQL a cursor is a snapshot, which sees what was committed: each write of these tests commits.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(program: Any) -> Any:
    return make_member(program, "worker")


@pytest.fixture
def client(worker: Any, sign_in: Any) -> Client:
    return sign_in(worker.user)


def _today(program: Any, worker: Any, **fields: Any) -> Any:
    return make_entry(program, worker, date=timezone.localdate(), **fields)


def _read(client: Client, cursor: str = "") -> dict[str, Any]:
    answer = client.get(ADDRESS, {"cursor": cursor} if cursor else {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def _touch(entry: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.revision += 1
    entry.save()
    announce(STREAM, [entry.pk])


def test_the_first_reading_gives_the_last_seven_days_with_their_titles_only(
    program: Any, worker: Any, client: Client
) -> None:
    site = make_site(program, name="Habitations des Érables")
    entry = _today(program, worker, site=site, note="Une note qui ne sort pas", persons=47)
    old = make_entry(program, worker)
    type(old).objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=30))
    answer = client.get(ADDRESS)
    page = answer.json()
    assert page["entries"] == [
        {
            "entry": str(entry.uid),
            "revision": 1,
            "deleted": False,
            "program": program.slug,
            "date": timezone.localdate().isoformat(),
            "title": "Habitations des Érables · Individualisée",
        }
    ]
    assert (page["reset"], page["more"], page["attention"]) == (False, False, {"siblings": 0, "operations": 0})
    assert "note" not in answer.content.decode().lower()


def test_nothing_of_colleagues_nor_of_another_programme(program: Any, worker: Any, client: Client) -> None:
    _today(program, make_member(program, "worker"))
    other = make_program()
    _today(other, make_member(other, "worker"))
    assert _read(client)["entries"] == []


def test_who_left_the_team_reads_nothing(program: Any, worker: Any, client: Client) -> None:
    _today(program, worker)
    cursor = _read(client)["cursor"]
    worker.end = timezone.localdate() - timedelta(days=1)
    worker.save()
    _today(program, worker)
    assert _read(client, cursor)["entries"] == []
    assert _read(client)["entries"] == []


def test_a_cursor_gives_what_changed_once(program: Any, worker: Any, client: Client) -> None:
    first, second = _today(program, worker), make_entry(program, worker)
    cursor = _read(client)["cursor"]
    assert _read(client, cursor)["entries"] == []
    _touch(second, persons=2)
    _touch(first, deleted_at=timezone.now())
    page = _read(client, cursor)
    assert {(e["entry"], e["revision"], e["deleted"], e["title"] == "") for e in page["entries"]} == {
        (str(second.uid), 2, False, False),
        (str(first.uid), 2, True, True),
    }
    assert _read(client, page["cursor"])["entries"] == []


def test_pages_follow_each_other_and_miss_nothing_that_changes_between_them(
    program: Any, worker: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling.pull, "__defaults__", ("", 2))
    entries = [_today(program, worker) for _ in range(5)]
    page, seen = _read(client), []
    while page["more"]:
        assert len(page["entries"]) == 2
        seen += [e["entry"] for e in page["entries"]]
        _touch(entries[0], persons=entries[0].persons + 1)  # already given: it must come again
        page = _read(client, page["cursor"])
        assert not page["reset"]
    seen += [e["entry"] for e in page["entries"]]
    assert sorted(seen) == sorted(str(e.uid) for e in entries)
    again = _read(client, page["cursor"])["entries"]
    assert [(e["entry"], e["revision"]) for e in again] == [(str(entries[0].uid), entries[0].revision)]


def test_many_lines_of_colleagues_do_not_hide_ones_own(
    program: Any, worker: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = _read(client)["cursor"]
    colleague = make_member(program, "worker")
    mine = []
    for _ in range(4):
        make_entry(program, colleague)
        mine.append(str(make_entry(program, worker).uid))
    monkeypatch.setattr(pulling, "FEW", 6)
    assert sorted(e["entry"] for e in _read(client, cursor)["entries"]) == sorted(mine)


@pytest.mark.parametrize("cursor", ["n'importe quoi", "a:b:c", "😀", "x" * 50_000, "1", "WyIiLCIiLCIiLDBd:1abc:zz"])
def test_a_cursor_of_nobody_begins_again(program: Any, worker: Any, client: Client, cursor: str) -> None:
    entry = _today(program, worker)
    page = _read(client, cursor)
    assert page["reset"] is True
    assert [e["entry"] for e in page["entries"]] == [str(entry.uid)]


def test_another_epoch_begins_again_and_says_so(program: Any, worker: Any, client: Client) -> None:
    _today(program, worker)
    first = _read(client)
    Epoch.objects.create()
    page = _read(client, first["cursor"])
    assert page["reset"] is True
    assert page["epoch"] != first["epoch"]
    assert len(page["entries"]) == 1
    assert _read(client, page["cursor"])["reset"] is False


def test_when_too_much_was_written_to_be_listed_the_reading_begins_again(
    program: Any, worker: Any, client: Client
) -> None:
    entry = _today(program, worker)
    cursor = _read(client)["cursor"]
    announce_all(STREAM)
    page = _read(client, cursor)
    assert (page["reset"], [e["entry"] for e in page["entries"]]) == (True, [str(entry.uid)])
    assert _read(client, page["cursor"])["reset"] is False


def test_the_same_queries_for_three_entries_and_for_thirty(program: Any, worker: Any, client: Client) -> None:
    def count(entries: int) -> int:
        cursor = _read(client)["cursor"]
        for _ in range(entries):
            _today(program, worker)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(_read(client, cursor)["entries"]) == entries
        return len(queries)

    assert count(3) == count(30) <= 7  # two are the session and its person


def test_without_session_the_answer_is_json_and_no_redirection(db: None) -> None:
    answer = Client().get(ADDRESS)
    assert answer.status_code == 401
    assert answer.json()["error"] == "signed_out"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_nul_in_the_address_is_answered_in_json(client: Client) -> None:
    answer = client.get(ADDRESS, {"cursor": "a\0b"})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
