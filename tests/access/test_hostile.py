"""What one programme's people send about another's things: it does not exist for them, and nothing is written."""

import logging
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from maillage.core.log_secrets import TraceFormatter
from maillage.journal.models import Entry
from tests.factories import make_user

from .region import _job
from .world import THEIRS, World


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


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("partner", lambda world: [_partner(world.theirs).pk]),
        ("invitation_action", lambda world: [_invitation(world.theirs).pk]),
        ("term", lambda world: ["theme", world.theirs.program.frame.terms.of("theme").first().pk]),
    ],
)
def test_things_of_another_programme_under_our_address(world: World, name: str, found: Any) -> None:
    if name == "term" and world.ours.program.frame_id == world.theirs.program.frame_id:
        pytest.skip("both programmes share their frame")
    address = reverse(f"programs:{name}", args=[world.ours.program.slug, *found(world)])
    assert world.clients["coordinator"].post(address, {"remove": "1", "revoke": "1"}).status_code == 404
    assert world.theirs.program.partners.count() + world.theirs.program.invitations.pending().count() <= 1


def _partner(side: Any) -> Any:
    return side.program.partners.create(organization=side.organization)


def _invitation(side: Any) -> Any:
    return side.program.invitations.create(
        email="autre@demo.maillage.test",
        full_name="Personne Invitée",
        role="worker",
        secret_hash="0" * 64,
        invited_by=side.members["coordinator"].user,
        expires_at=timezone.now() + timedelta(days=1),
    )


def test_another_coordination_sees_neither_our_imports_nor_our_bodies(world: World) -> None:
    uid, outsider = _job("journal")(world)["uid"], world.clients["outsider"]
    for action in ("check", "write", "discard"):
        assert outsider.post(reverse("journal:import_job", args=[uid]), {"action": action}).status_code == 404
    sent = {"name": "Prise", "kind": "association"}
    body = reverse("directory:tenant_body_edit", args=[world.ours.tenant_body.pk])
    assert outsider.post(body, sent).status_code == 404
    for name in ("limits", "points", "territories"):
        address = reverse(f"programs:{name}") + f"?programme={world.ours.program.slug}"
        assert outsider.get(address).status_code == 404


@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
@pytest.mark.parametrize(
    "asked", ["du=2013-02-01&au=2013-02-27", "mrc={mrc}&du=2013-02-02&au=2013-03-01", "nature=individual", "refere=1"]
)
def test_no_door_gives_exact_figures(world: World, role: str, asked: str) -> None:
    """Outside the team a narrower question is refused by the page, the map and every file."""
    slug, mrc = world.ours.program.slug, world.ours.entry.mrc.code
    query = "?" + asked.format(mrc=mrc)
    client = world.clients[role]
    assert "Les chiffres protégés se lisent" in client.get(f"/portraits/{slug}/{query}").content.decode()
    assert client.get(f"/portraits/{slug}/carte.json{query}").status_code == 400
    for format in ("json", "csv", "xlsx", "pdf"):
        assert client.get(f"/portraits/{slug}/portrait.{format}{query}").status_code == 302


def test_a_participation_that_ended_closes_every_door(world: World) -> None:
    member, slug = world.ours.members["worker"], world.ours.program.slug
    member.end = timezone.localdate() - timedelta(days=1)
    member.save()
    for address in (f"/journal/{world.ours.entry.uid}/", f"/portraits/{slug}/", f"/programmes/{slug}/", "/journal/"):
        assert world.clients["worker"].get(address).status_code == 404


def test_an_account_that_is_closed_is_put_out(world: World) -> None:
    user = world.ours.members["worker"].user
    user.is_active = False
    user.save()
    assert "/compte/connexion" in world.clients["worker"].get("/journal/").headers["Location"]


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


def test_files_of_the_face_are_for_our_pages_only(settings: Any) -> None:
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert order.index("SecurityHeadersMiddleware") < order.index("WhiteNoiseMiddleware")
    assert settings.WHITENOISE_ALLOW_ALL_ORIGINS is False
