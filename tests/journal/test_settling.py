"""Between an entry and the version that waits beside it, and for what rules refused: a person decides, nothing is lost."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.journal.models import Entry, EntryRevision, Sibling, SyncOperation
from maillage.journal.services import (
    DraftRefused,
    EditedMeanwhile,
    IdentitySuspected,
    accept_operation,
    delete_entry,
    discard_operation,
    draft_of,
    edit_entry,
    log_entry,
    settle_sibling,
)
from tests.factories import make_entry, make_member, make_program, make_sent, make_sibling, make_user

from .drafts import draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(program, worker):
    """An entry that its coordination corrected once: it stands at revision 2."""
    made = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note="Première note."))
    return edit_entry(
        actor=make_member(program, "coordinator").user, entry=made, revision=1, draft=draft_of(made).with_(minutes=45)
    )


@pytest.fixture
def sibling(entry, worker):
    """What the phone of the worker would have the entry say, from revision 1."""
    return make_sibling(entry, draft_of(entry).with_(minutes=30, persons=4, note="Seconde note."), worker, base=1)


def settle(actor, sibling, outcome, **more):
    revision = more.pop("revision", Entry.objects.get(pk=sibling.entry_id).revision)
    return settle_sibling(actor=actor, sibling=sibling, revision=revision, outcome=outcome, **more)


def test_keeping_the_entry_changes_nothing_of_it_and_keeps_the_other_version(worker, entry, sibling):
    before = draft_of(entry)
    settle(worker.user, sibling, "kept")
    entry.refresh_from_db()
    assert (draft_of(entry), entry.revision) == (before, 2)
    sibling.refresh_from_db()
    assert (sibling.outcome, sibling.settled_by_id) == ("kept", worker.user.pk)
    assert sibling.content["note"] == "Seconde note."
    assert sibling.operation.state == "settled"
    assert AuditEvent.objects.order_by("-id").first().verb == "journal.sibling_kept"


def test_taking_the_other_version_keeps_what_the_entry_said(coordinator, entry, sibling):
    settle(coordinator, sibling, "taken")
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.persons, entry.minutes, entry.note, entry.revision) == (4, 30, "Seconde note.", 3)
    kept = EntryRevision.objects.get(entry=entry, revision=2)
    assert (kept.content["minutes"], kept.content["note"]) == (45, "Première note.")
    assert [event.verb for event in AuditEvent.objects.order_by("-id")[:2]] == ["journal.sibling_taken", "journal.edit"]


def test_joining_writes_what_was_chosen_under_the_rules_of_the_form(worker, entry, sibling):
    with pytest.raises(DraftRefused):
        settle(worker.user, sibling, "merged", draft=draft_of(entry).with_(persons=900))
    with pytest.raises(Refused):
        settle(worker.user, sibling, "merged")
    assert Sibling.objects.waiting().exists()
    settle(worker.user, sibling, "merged", draft=draft_of(entry).with_(persons=4))
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.persons, entry.minutes, entry.note) == (4, 45, "Première note.")
    assert not Sibling.objects.waiting().exists()


def test_a_note_nobody_screened_is_screened_when_versions_are_joined(worker, entry, sibling):
    draft = draft_of(entry).with_(note="Appelée au 418 555-0199.")
    with pytest.raises(IdentitySuspected):
        settle(worker.user, sibling, "merged", draft=draft)
    settle(worker.user, sibling, "merged", draft=draft, acknowledged=True)


def test_two_people_who_settle_at_once_are_told(worker, coordinator, entry, sibling):
    settle(coordinator, sibling, "taken")
    with pytest.raises(Refused, match="déjà"):
        settle(worker.user, sibling, "kept")
    other = make_sibling(Entry.objects.get(pk=entry.pk), draft_of(entry), worker, base=1)
    with pytest.raises(EditedMeanwhile):
        settle(worker.user, other, "taken", revision=2)
    assert Sibling.objects.waiting().get() == other


@pytest.mark.parametrize("role", ["partner", "worker", "outreach"])
def test_who_may_not_correct_the_entry_settles_nothing(program, sibling, role):
    with pytest.raises(NotAllowed):
        settle(make_member(program, role).user, sibling, "kept")


def test_a_deletion_deletes_or_keeps(worker, entry):
    refused, done = make_sibling(entry, None, worker, base=1), make_sibling(entry, None, worker, base=1)
    with pytest.raises(Refused):
        settle(worker.user, refused, "merged")
    settle(worker.user, refused, "kept")
    assert Entry.objects.get(pk=entry.pk).deleted_at is None
    settle(worker.user, done, "taken")
    assert Entry.objects.get(pk=entry.pk).deleted_at is not None
    assert EntryRevision.objects.get(entry=entry, revision=2).content["note"] == "Première note."


def test_a_correction_of_a_deleted_entry_leaves_it_or_brings_it_back(worker, entry, sibling):
    delete_entry(actor=worker.user, entry=entry)
    settle(worker.user, sibling, "kept")
    assert Entry.objects.get(pk=entry.pk).deleted_at is not None
    again = make_sibling(entry, draft_of(entry).with_(persons=4, note="Seconde note."), worker, base=2)
    Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now() - timedelta(days=90))
    settle(worker.user, again, "taken")
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.deleted_at, entry.persons, entry.note) == (None, 4, "Seconde note.")


def test_the_note_of_a_settled_version_goes_with_that_of_its_deleted_entry(worker, entry, sibling):
    settle(worker.user, sibling, "kept")
    waiting = make_sibling(entry, draft_of(entry).with_(note="À lire encore."), worker, base=1)
    delete_entry(actor=worker.user, entry=entry)
    Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    call_command("tidy")
    sibling.refresh_from_db()
    waiting.refresh_from_db()
    assert (sibling.content["note"], waiting.content["note"]) == ("", "À lire encore.")


def sent_by(worker, **fields):
    return make_sent(worker, {"fields": {"date": "2014-05-06", "persons": "mille"}, "acknowledged": False}, **fields)


def test_what_was_refused_is_written_under_its_own_number(program, worker):
    sent = sent_by(worker)
    entry = accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker))
    assert (entry.uid, entry.worker, entry.persons) == (sent.entry_uid, worker, 2)
    sent.refresh_from_db()
    assert (sent.state, sent.body, sent.settled_by_id) == ("settled", None, worker.user.pk)
    assert sent.problems == [["persons", ""]]
    with pytest.raises(Refused, match="déjà"):
        accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker))
    assert Entry.objects.count() == 1


def test_a_draft_that_rules_refuse_leaves_the_operation_waiting(worker):
    sent = sent_by(worker)
    with pytest.raises(DraftRefused):
        accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker, persons=900))
    with pytest.raises(IdentitySuspected):
        accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker, note="418 555-0199"))
    sent.refresh_from_db()
    assert sent.state == "rejected"
    assert bytes(sent.body)
    assert not Entry.objects.exists()


def test_what_is_held_is_for_the_coordination_and_stays_in_its_authors_name(program, worker, coordinator):
    sent = sent_by(worker, state="held")
    with pytest.raises(NotAllowed):
        accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker))
    worker.end = date(2014, 12, 31)
    worker.save()
    entry = accept_operation(actor=coordinator, operation=sent, draft=draft_for(worker))
    assert (entry.worker, entry.created_by_id) == (worker, coordinator.pk)


def test_a_correction_is_written_over_the_entry_that_was_seen(worker, entry):
    sent = sent_by(worker, kind="update", base=1, entry_uid=entry.uid)
    with pytest.raises(EditedMeanwhile):
        accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker), revision=1)
    accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker, persons=7), revision=2)
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.persons, entry.revision) == (7, 3)
    assert EntryRevision.objects.filter(entry=entry, revision=2).exists()


def test_a_correction_of_a_deleted_entry_brings_it_back(worker, entry):
    delete_entry(actor=worker.user, entry=entry)
    sent = sent_by(worker, kind="update", base=1, entry_uid=entry.uid)
    accept_operation(actor=worker.user, operation=sent, draft=draft_for(worker, persons=7), revision=3)
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.deleted_at, entry.persons) == (None, 7)


def test_a_deletion_that_was_held_deletes(worker, coordinator, entry):
    sent = make_sent(worker, {"reason": "doublon"}, kind="delete", state="held", entry_uid=entry.uid)
    lost = make_sent(worker, {"reason": ""}, kind="delete", state="held")
    accept_operation(actor=coordinator, operation=sent, revision=2)
    assert Entry.objects.get(pk=entry.pk).deleted_at is not None
    assert accept_operation(actor=coordinator, operation=lost) is None
    assert not SyncOperation.objects.to_settle().exists()


def test_an_operation_never_reaches_the_entry_of_another_programme(worker, coordinator):
    elsewhere = make_entry(make_program())
    sent = sent_by(worker, kind="update", entry_uid=elsewhere.uid)
    with pytest.raises(Refused, match="autre programme"):
        accept_operation(actor=coordinator, operation=sent, draft=draft_for(worker))


def test_setting_aside_asks_why_wipes_what_was_said_and_leaves_a_trace(worker):
    sent = sent_by(worker)
    for reason, refusal in (("  ", Refused), ("Pour la dame au 418 555-0199", IdentitySuspected)):
        with pytest.raises(refusal):
            discard_operation(actor=worker.user, operation=sent, reason=reason)
    discard_operation(actor=worker.user, operation=sent, reason="  Essai du  téléphone ")
    sent.refresh_from_db()
    assert (sent.state, sent.settled_reason, sent.body) == ("discarded", "Essai du téléphone", None)
    event = AuditEvent.objects.order_by("-id").first()
    assert (event.verb, event.changes["reason"]) == ("journal.operation_discarded", "Essai du téléphone")
    with pytest.raises(Refused):
        discard_operation(actor=worker.user, operation=sent, reason="encore")


def test_strangers_settle_no_operation(program, worker):
    sent = sent_by(worker)
    others = [make_member(program).user, make_user(is_administrator=True), make_member(make_program()).user]
    for actor in others:
        with pytest.raises(NotAllowed):
            accept_operation(actor=actor, operation=sent, draft=draft_for(worker))
        with pytest.raises(NotAllowed):
            discard_operation(actor=actor, operation=sent, reason="non")


def test_operations_written_long_ago_are_forgotten_and_the_device_is_not(worker, capsys):
    old, recent, refused = (sent_by(worker, state=state) for state in ("applied", "applied", "rejected"))
    above = sent_by(worker, state="applied", device=old.device, seq=9_000_000)
    long_ago = timezone.now() - timedelta(days=401)
    SyncOperation.objects.exclude(pk=recent.pk).update(received_at=long_ago)
    type(old.device).objects.update(contiguous=8_000_000, highest=9_000_000)
    call_command("tidy")
    assert "Envois d'appareils oubliés : 1" in capsys.readouterr().out.replace("’", "'")
    assert set(SyncOperation.objects.values_list("pk", flat=True)) == {recent.pk, refused.pk, above.pk}
    old.device.refresh_from_db()
    assert (old.device.contiguous, old.device.highest) == (8_000_000, 9_000_000)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so few rows faster without an index")
def test_what_waits_is_found_without_reading_all_that_came(worker):
    sent_by(worker)
    assert SyncOperation.objects.to_settle().count() == 1
    for found in (SyncOperation.objects.to_settle(), SyncOperation.objects.visible_to(worker.user).to_settle()):
        assert "journal_operation_to_settle" in found.order_by().explain()
