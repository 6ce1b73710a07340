"""What one programme's people send about another's things: it does not exist for them, and nothing is written."""

import logging
import sys
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from maillage.core.log_secrets import TraceFormatter
from maillage.journal.models import Entry
from tests.factories import make_user

from .region import _job
from .world import THEIRS, World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def _base(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "date": "2014-05-05",
        "nature": "individual",
        "persons": "1",
        "minutes": "30",
        "site": str(world.ours.site.uid),
        "action": "welcome",
    } | changes


@pytest.mark.parametrize(
    "changed",
    [
        lambda world: {"site": str(world.theirs.site.uid)},
        lambda world: {"site_other": str(world.theirs.site.uid)},
        lambda world: {"worker": str(world.theirs.members["worker"].pk)},
        lambda world: {"tenant_body": str(world.theirs.tenant_body.pk), "nature": "collective"},
        lambda world: {"uid": str(world.theirs.entry.uid)},
    ],
)
def test_things_of_another_programme_in_a_new_entry(world: World, changed: Any) -> None:
    before = Entry.objects.count()
    for role in ("worker", "coordinator"):
        answer = world.clients[role].post(reverse("journal:new"), _base(world, **changed(world)))
        assert answer.status_code in (400, 403)
        assert THEIRS not in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_worker_does_not_write_for_a_colleague(world: World) -> None:
    sent = _base(world, worker=str(world.ours.members["outreach"].pk))
    assert world.clients["worker"].post(reverse("journal:new"), sent).status_code == 403


@pytest.mark.parametrize("name", ["edit", "delete", "restore"])
def test_an_entry_of_another_programme_is_not_found(world: World, name: str) -> None:
    address = reverse(f"journal:{name}", args=[world.theirs.entry.uid])
    for role in ("worker", "coordinator"):
        assert world.clients[role].post(address, _base(world, revision="1")).status_code == 404
    world.theirs.entry.refresh_from_db()
    assert world.theirs.entry.deleted_at is None


def test_people_of_another_programme_under_our_address(world: World) -> None:
    """Our coordinator, our programme's address, their participation: not found."""
    slug, theirs = world.ours.program.slug, world.theirs.members["worker"]
    for name in ("member", "member_action"):
        address = reverse(f"programs:{name}", args=[slug, theirs.pk])
        assert world.clients["coordinator"].post(address, {"end": "1"}).status_code == 404
    address = reverse("programs:invite", args=[slug]) + f"?participation={theirs.pk}"
    assert world.clients["coordinator"].post(address, {}).status_code == 404


def test_words_of_a_note_find_nothing_for_a_colleague(world: World) -> None:
    Entry.objects.filter(pk=world.ours.entry.pk).update(note="zanzibar", note_search=" zanzibar ")
    uid = str(world.ours.entry.uid)
    seen = {role: world.clients[role].get("/journal/?q=zanzibar").content.decode() for role in ("worker", "outreach")}
    assert uid in seen["worker"]
    assert uid not in seen["outreach"]
    assert uid not in world.clients["administrator"].get("/journal/?q=zanzibar").content.decode()
    for role in ("outreach", "administrator"):
        exported = world.clients[role].get("/journal/export/?programme=programme-canariours")
        assert "zanzibar" not in b"".join(exported.streaming_content).decode()


def test_an_administrator_does_not_read_the_file_of_an_import(world: World) -> None:
    """The sample of a journal's file may hold notes."""
    uid = _job("journal")(world)["uid"]
    assert world.clients["administrator"].get(reverse("journal:import_job", args=[uid])).status_code == 404


def test_a_second_account_with_the_same_courriel(db: None) -> None:
    make_user(email="deux@demo.maillage.test")
    with pytest.raises(ValidationError) as refused:
        make_user(email="Deux@demo.maillage.test")
    assert set(refused.value.messages) == {"Ce courriel a déjà un compte."}


def test_a_trace_does_not_show_the_row_that_was_refused() -> None:
    try:
        raise IntegrityError("refused\nDETAIL:  Failing row contains (1, une note).\nsuite de la note\n")
    except IntegrityError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "m", (), sys.exc_info())
    text = TraceFormatter().format(record)
    assert "note" not in text.rpartition("IntegrityError: refused")[2]
