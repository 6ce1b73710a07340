"""Invented journals: the same for a seed by every way of writing, and all or nothing."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection

from maillage.core.models import Change
from maillage.journal.models import Entry, EntryTerm, Referral
from maillage.journal.synthetic import bulk, writing
from maillage.programs.models import Program
from maillage.statistics.bench import world
from maillage.statistics.queries import portrait

pytestmark = pytest.mark.django_db(transaction=True)

SEEDED = "dca2f7316ea10692"


@pytest.fixture
def program() -> Program:
    return world.make()


@pytest.fixture
def in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of millions, for any number."""
    monkeypatch.setattr(writing, "MANY", 1)


def write(program: Program, entries: int, **options: Any) -> None:
    writing.write(program, entries=entries, seed=7, progress=options.get("progress", lambda size: None))


def journal(program: Program) -> Iterator[tuple[Any, ...]]:
    """All that was drawn, in words that do not depend on the numbers of rows."""
    first = Entry.objects.order_by("pk").values_list("pk", flat=True)[0]
    drawn = (
        "uid",
        "date",
        "worker__label",
        "site__reference",
        "mrc__code",
        "tenure",
        "nature",
        "collective_kind__code",
    )
    drawn += ("contact_place__code", "contact_rank", "persons", "persons_referred", "participants", "participations")
    yield from Entry.objects.filter(program=program).order_by("pk").values_list(*drawn, "minutes", "note", "revision")
    for pk, vocabulary, code in EntryTerm.objects.order_by("pk").values_list("entry", "term__vocabulary", "term__code"):
        yield pk - first, vocabulary, code
    lines = Referral.objects.order_by("pk")
    for pk, *rest in lines.values_list("entry", "destination__code", "need__code", "kind__code", "persons"):
        yield pk - first, *rest


def digest(program: Program) -> str:
    return hashlib.sha256("\n".join(map(str, journal(program))).encode()).hexdigest()[:16]


def structure() -> dict[str, Any]:
    """Indexes and constraints of the journal's tables."""
    with connection.cursor() as cursor:
        return {
            model._meta.db_table: {
                name: {key: value for key, value in found.items() if key != "definition"}
                for name, found in connection.introspection.get_constraints(cursor, model._meta.db_table).items()
            }
            for model in writing.TABLES
        }


def test_a_seed_gives_the_journal_that_it_always_gave(program: Program) -> None:
    write(program, 1000)
    assert digest(program) == SEEDED


def test_the_way_of_millions_writes_the_same_journal_and_leaves_the_tables_as_they_were(
    program: Program, in_bulk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = structure()
    seen = []
    monkeypatch.setattr(writing, "draw", lambda *args, draw=writing.draw: (seen.append(structure()), draw(*args))[1])
    write(program, 1000)
    assert digest(program) == SEEDED
    assert structure() == before
    assert len(seen[0]["journal_entry"]) < len(before["journal_entry"])  # indexes were truly gone meanwhile


def test_many_entries_are_one_line_of_the_change_log_and_stand_in_the_next_portrait(
    program: Program, in_bulk: None
) -> None:
    assert portrait(program=program).entries == 0
    write(program, 300)
    assert Change.objects.count() == 1
    assert portrait(program=program).entries == 300
    write(program, 200)
    assert portrait(program=program).entries == 500


def test_a_journal_broken_off_leaves_nothing(program: Program, in_bulk: None) -> None:
    before = structure()

    def broken(size: int) -> None:
        raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        write(program, 300, progress=broken)
    assert not Entry.objects.exists()
    assert structure() == before
    assert not Change.objects.exists()
    write(program, 300)
    assert portrait(program=program).entries == 300


def test_a_chunk_is_all_that_is_held(program: Program, in_bulk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK", 100)
    lengths = []
    insert = bulk.insert

    def watched(model: Any, columns: Any) -> None:
        lengths.append((model, len(columns[0])))
        insert(model, columns)

    monkeypatch.setattr(bulk, "insert", watched)
    write(program, 1000)
    assert len(lengths) == 30
    assert max(size for model, size in lengths if model is Entry) == 100
