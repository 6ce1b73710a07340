"""Several people save at the same instant: one correction wins, the others are told, one save is one entry."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from maillage.core.errors import Refused
from maillage.journal.models import Entry, EntryRevision
from maillage.journal.services import (
    EditedMeanwhile,
    accept_operation,
    draft_of,
    edit_entry,
    log_entry,
    settle_sibling,
)
from tests.factories import make_member, make_program, make_sent, make_sibling

from .drafts import draft_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The tests' SQLite lives in memory, shared between threads: its locks are not those of a file. On a file, writers
    # come one after another (IMMEDIATE), and `tests/chaos` runs them as processes.
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the in-memory SQLite of the tests has no such locks"),
]


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act` gave or raised, run by so many threads at the same instant."""
    gate = Barrier(count)

    def run(number: int) -> Any:
        gate.wait()
        try:
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_correction_wins_and_the_others_are_told() -> None:
    worker = make_member(make_program())
    entry = log_entry(actor=worker.user, program=worker.program, draft=draft_for(worker))
    draft = draft_of(Entry.objects.get())

    def correct(number: int) -> Entry:
        return edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft.with_(persons=10 + number))

    found = at_once(5, correct)
    assert sum(isinstance(result, EditedMeanwhile) for result in found) == 4
    [winner] = [result for result in found if isinstance(result, Entry)]
    assert Entry.objects.get().persons == winner.persons
    assert EntryRevision.objects.count() == 1


def test_one_save_sent_five_times_is_one_entry() -> None:
    worker = make_member(make_program())
    draft = draft_for(worker, uid=uuid.uuid4())
    found = at_once(5, lambda _n: log_entry(actor=worker.user, program=worker.program, draft=draft))
    assert Entry.objects.count() == 1
    assert {getattr(result, "pk", result) for result in found} == {Entry.objects.get().pk}


def test_two_people_who_settle_at_once_decide_once() -> None:
    program = make_program()
    worker, coordinator = make_member(program), make_member(program, "coordinator")
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    for number in range(4):
        entry = Entry.objects.get(pk=entry.pk)
        sibling = make_sibling(entry, draft_of(entry).with_(persons=10 + number), worker)
        actors = (worker.user, coordinator.user)
        found = at_once(
            2,
            lambda place, sibling=sibling, entry=entry, actors=actors: settle_sibling(
                actor=actors[place], sibling=sibling, revision=entry.revision, outcome=("kept", "taken")[place]
            ),
        )
        assert sum(isinstance(one, Refused) for one in found) == 1, found
        sibling.refresh_from_db()
        standing = Entry.objects.get(pk=entry.pk)
        assert (standing.persons == 10 + number) == (sibling.outcome == "taken")


def test_two_people_who_write_what_was_refused_write_it_once() -> None:
    program = make_program()
    worker, coordinator = make_member(program), make_member(program, "coordinator")
    for _ in range(4):
        sent = make_sent(worker, {"fields": {}})
        actors = (worker.user, coordinator.user)
        found = at_once(
            2,
            lambda place, sent=sent, actors=actors: accept_operation(
                actor=actors[place], operation=sent, draft=draft_for(worker, persons=2 + place), revision=0
            ),
        )
        assert sum(isinstance(one, Refused) for one in found) == 1, found
        assert Entry.objects.get(uid=sent.entry_uid).revision == 1
