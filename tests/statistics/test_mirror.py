"""The mirror follows the database: what is committed is in the next portrait, what is not never is."""

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from maillage.core.changes import announce
from maillage.core.models import Epoch
from maillage.journal.enums import STREAM
from maillage.journal.models import Entry
from maillage.statistics.queries import portrait
from tests.factories import make_entry, make_program

pytestmark = pytest.mark.django_db(transaction=True)


def folder(settings: Any) -> Path:
    return Path(settings.HOME) / "facts" / "journal_entry"


def steps(settings: Any) -> int:
    """Publications since the store was made."""
    return json.loads((folder(settings) / "manifest.json").read_text())["segments"][-1][2]


def test_an_entry_saved_is_in_the_portrait_at_the_next_question(settings: Any) -> None:
    program = make_program()
    assert portrait(program=program).entries == 0
    entry = make_entry(program, themes=["food"], referrals=[{"destination": "health", "need": "food"}])
    made = portrait(program=program)
    assert made.entries == 1
    assert made.table("referral_destination").denominator == 1
    assert steps(settings) == 2  # published as a delta, not by reading all again
    Entry.objects.filter(pk=entry.pk).update(nature="collective", date=date(2015, 1, 2))
    announce(STREAM, [entry.pk])
    made = portrait(program=program)
    assert {r.code: r.count for r in made.table("nature").rows} == {"individual": 0, "collective": 1}
    assert {r.code for r in made.table("monthly").rows if r.count} == {"2015-01"}
    Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now())
    announce(STREAM, [entry.pk])
    made = portrait(program=program)
    assert (made.entries, made.table("referral_destination").denominator) == (0, 0)


def test_what_is_not_committed_is_seen_by_its_own_transaction_only(settings: Any) -> None:
    program = make_program()
    portrait(program=program)
    before = (folder(settings) / "manifest.json").read_bytes()
    with transaction.atomic():
        make_entry(program)
        assert portrait(program=program).entries == 1
        transaction.set_rollback(True)
    assert (folder(settings) / "manifest.json").read_bytes() == before
    assert portrait(program=program).entries == 0


@pytest.mark.parametrize("damage", ["missing", "corrupt", "segment", "schema", "truncated"])
def test_a_damaged_store_is_made_anew(settings: Any, damage: str) -> None:
    program = make_program()
    make_entry(program)
    assert portrait(program=program).entries == 1
    manifest = folder(settings) / "manifest.json"
    if damage == "missing":
        manifest.unlink()
    elif damage == "corrupt":
        manifest.write_text("{")
    elif damage == "schema":
        manifest.write_text(manifest.read_text().replace('"schema":"', '"schema":"x'))
    else:
        _forget()
        for file in folder(settings).glob("*.parquet"):
            file.write_bytes(b"") if damage == "truncated" else file.unlink()
    make_entry(program)
    assert portrait(program=program).entries == 2


def _forget() -> None:
    """As a process that has just started: nothing in memory."""
    from maillage.statistics import mirror

    mirror._held.clear()


def test_a_restored_database_starts_another_mirror() -> None:
    program = make_program()
    first = make_entry(program)
    assert portrait(program=program).entries == 1
    Entry.objects.filter(pk=first.pk).update(deleted_at=timezone.now())  # as a restore would: nobody announces it
    Epoch.objects.create()
    assert portrait(program=program).entries == 0


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's test database, in memory, refuses readers while it is written"
)
def test_threads_that_ask_and_write_at_once_each_see_whole_answers() -> None:
    program = make_program()
    make_entry(program)
    portrait(program=program)
    wrong: list[str] = []

    def ask() -> None:
        try:
            for _ in range(6):
                made = portrait(program=program)
                counted = sum(row.count or 0 for row in made.table("nature").rows)
                if counted != made.entries:
                    wrong.append(f"{counted} of {made.entries}")
        except Exception as trouble:  # told to the test below
            wrong.append(repr(trouble))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        make_entry(program)
    for thread in threads:
        thread.join()
    assert wrong == []
    assert portrait(program=program).entries == 7


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite writers come one after another")
def test_a_transaction_that_commits_late_is_not_stepped_over() -> None:
    program = make_program()
    early = make_entry(program, date=date(2014, 1, 1))
    portrait(program=program)
    wrote, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            Entry.objects.filter(pk=early.pk).update(date=date(2015, 1, 1))
            announce(STREAM, [early.pk])
            wrote.set()
            may_commit.wait(10)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    wrote.wait(10)
    make_entry(program, date=date(2014, 2, 1))  # a later line of the log commits first
    assert {r.code for r in portrait(program=program).table("monthly").rows if r.count} == {"2014-01", "2014-02"}
    may_commit.set()
    slow.join()
    assert {r.code for r in portrait(program=program).table("monthly").rows if r.count} == {"2014-02", "2015-01"}
