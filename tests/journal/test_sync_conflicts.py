"""Corrections and deletions made without network: applied, joined, or put side by side; never over another hand's."""

from datetime import date

import pytest

from maillage.core.models import AuditEvent
from maillage.journal.history import history_of
from maillage.journal.models import Entry, EntryRevision, Sibling, SyncOperation
from maillage.journal.services import DraftContext, ReferralDraft, delete_entry, draft_of, edit_entry, log_entry
from tests.factories import make_device, make_member, make_organization, make_program, make_site, typed

from .drafts import draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(program, worker):
    return log_entry(actor=worker.user, program=program, draft=draft_for(worker))


def corrected(coordinator, entry, **fields):
    """Somebody corrects the entry in a browser."""
    entry = Entry.objects.get(pk=entry.pk)
    draft = draft_of(entry).with_(**fields)
    return edit_entry(actor=coordinator, entry=entry, revision=entry.revision, draft=draft)


def test_a_correction_of_what_stands_is_applied(program, worker, phone, entry):
    answer = phone.send(phone.update(entry.uid, 1, typed(program, persons="5", theme=["food"])))
    assert [(str(one.status), one.revision) for one in answer.answers] == [("applied", 2)]
    entry.refresh_from_db()
    assert (entry.persons, entry.revision) == (5, 2)
    assert draft_of(entry).terms == {"action": ("welcome",), "theme": ("food",)}
    assert EntryRevision.objects.get().content["persons"] == 2
    line = AuditEvent.objects.get(verb="journal.edit")
    assert line.changes["persons"] == [2, 5]
    assert line.changes["device"] == "Téléphone de terrain"
    assert "minutes" not in line.changes


def test_a_correction_that_changes_nothing_leaves_no_revision(program, phone, entry):
    answer = phone.send(phone.update(entry.uid, 1, typed(program)))
    assert [(str(one.status), one.revision) for one in answer.answers] == [("applied", 1)]
    assert not EntryRevision.objects.exists()


def test_a_create_its_corrections_and_its_deletion_in_one_batch_in_any_order(program, phone):
    made = phone.create(typed(program))
    second = phone.update(made.entry, 1, typed(program, persons="3"))
    third = phone.update(made.entry, 2, typed(program, persons="4", note="Suivi."))
    gone = phone.delete(made.entry, 3)
    kept = phone.create(typed(program))
    assert phone.statuses(gone, third, kept, made, second) == ["applied"] * 5
    entry = Entry.objects.get(uid=made.entry)
    assert (entry.revision, entry.note, entry.persons) == (4, "", 4)
    assert entry.deleted_at
    contents = EntryRevision.objects.filter(entry=entry).order_by("revision").values_list("revision", "content")
    assert [(number, content["persons"], content["note"]) for number, content in contents] == [
        (1, 2, ""),
        (2, 3, ""),
        (3, 4, "Suivi."),
    ]
    verbs = AuditEvent.objects.filter(object_id=entry.pk, object_type="journal.entry").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "journal.log",
        "journal.edit",
        "journal.edit",
        "journal.delete",
    ]


def test_the_history_reads_what_a_device_corrected(program, phone, entry):
    phone.send(phone.update(entry.uid, 1, typed(program, persons="3")))
    phone.send(phone.update(entry.uid, 2, typed(program, persons="4")))
    found = history_of(Entry.objects.get(), DraftContext(program), with_note=True)
    assert [[(c.before, c.after) for c in event.changes] for event in found] == [[("3", "4")], [("2", "3")], []]


def test_changes_of_different_fields_are_joined(program, phone, entry, coordinator):
    corrected(coordinator, entry, minutes=60, terms={"action": ("welcome",), "theme": ("food",)})
    answer = phone.send(phone.update(entry.uid, 1, typed(program, persons="5")))
    assert [(str(one.status), one.revision) for one in answer.answers] == [("applied", 3)]
    entry.refresh_from_db()
    assert (entry.persons, entry.minutes) == (5, 60)
    assert draft_of(entry).terms["theme"] == ("food",)
    assert EntryRevision.objects.count() == 2
    assert not Sibling.objects.exists()


def test_changes_of_the_same_field_wait_side_by_side(program, worker, phone, entry, coordinator):
    corrected(coordinator, entry, persons=7)
    operation = phone.update(entry.uid, 1, typed(program, persons="5"))
    answer = phone.send(operation).answers[0]
    assert (str(answer.status), answer.revision) == ("conflict", 2)
    assert answer.server["revision"] == 2
    assert answer.server["fields"]["persons"] == "7"
    sibling = Sibling.objects.get()
    assert (sibling.entry, sibling.base, sibling.made_by, sibling.kind) == (entry, 1, worker.user, "update")
    assert sibling.content["persons"] == 5
    entry.refresh_from_db()
    assert (entry.persons, entry.revision) == (7, 2)
    again = phone.send(operation).answers[0]
    assert (str(again.status), again.server) == ("conflict", answer.server)
    assert Sibling.objects.count() == 1


def test_the_same_change_by_two_hands_is_no_conflict(program, phone, entry, coordinator):
    corrected(coordinator, entry, persons=5)
    answer = phone.send(phone.update(entry.uid, 1, typed(program, persons="5")))
    assert [(str(one.status), one.revision) for one in answer.answers] == [("applied", 2)]


def test_a_note_is_never_joined(program, phone, entry, coordinator):
    corrected(coordinator, entry, minutes=60)
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, note="Suivi."))) == ["conflict"]
    corrected(coordinator, entry, note="Autre suivi.")
    assert phone.statuses(phone.update(entry.uid, 2, typed(program, minutes="60", persons="3"))) == ["conflict"]
    assert Sibling.objects.count() == 2


def test_a_union_that_breaks_a_rule_waits_for_a_person(program, phone, entry, coordinator):
    referral = {"ref-0-destination": "health", "ref-0-persons": "2"}
    corrected(coordinator, entry, persons=1)
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, **referral))) == ["conflict"]
    entry.refresh_from_db()
    assert (entry.persons, entry.referrals.count()) == (1, 0)


def test_a_deletion_of_what_changed_waits_and_of_what_stands_is_done(program, phone, entry, coordinator):
    corrected(coordinator, entry, persons=7)
    answer = phone.send(phone.delete(entry.uid, 1)).answers[0]
    assert (str(answer.status), answer.server["revision"]) == ("conflict", 2)
    assert Sibling.objects.get().kind == "delete"
    assert phone.statuses(phone.delete(entry.uid, 2, "Inscrite deux fois.")) == ["applied"]
    entry.refresh_from_db()
    assert entry.deleted_at
    assert AuditEvent.objects.get(verb="journal.delete").changes["reason"] == "Inscrite deux fois."
    assert phone.statuses(phone.delete(entry.uid, 2)) == ["duplicate"]


def test_a_reason_that_names_somebody_is_refused(phone, entry):
    answer = phone.send(phone.delete(entry.uid, 1, "Demandé par Mme Tremblay.")).answers[0]
    assert (str(answer.status), answer.problems[0][0]) == ("rejected", "reason")
    entry.refresh_from_db()
    assert entry.deleted_at is None


def test_a_correction_of_a_deleted_entry_waits_for_a_person(program, phone, entry, coordinator):
    delete_entry(actor=coordinator, entry=entry)
    answer = phone.send(phone.update(entry.uid, 1, typed(program, persons="5"))).answers[0]
    assert str(answer.status) == "conflict"
    assert answer.server == {"revision": 2, "deleted": True, "fields": {}}
    assert Sibling.objects.get().content["persons"] == 5


def test_a_create_for_an_entry_that_exists(program, worker, phone, entry, coordinator):
    assert phone.statuses(phone.create(typed(program), entry=entry.uid)) == ["duplicate"]
    corrected(coordinator, entry, persons=7)
    assert phone.statuses(phone.create(typed(program), entry=entry.uid)) == ["duplicate"]
    assert phone.statuses(phone.create(typed(program, persons="9"), entry=entry.uid)) == ["conflict"]
    other = make_device(make_member(program).user)
    assert other.statuses(other.create(typed(program), entry=entry.uid)) == ["conflict"]
    assert Entry.objects.get().persons == 7


def test_a_create_under_the_number_of_another_programme_is_refused(program, phone):
    elsewhere = make_program()
    theirs = make_member(elsewhere)
    entry = log_entry(actor=theirs.user, program=elsewhere, draft=draft_for(theirs))
    answer = phone.send(phone.create(typed(program), entry=entry.uid), phone.update(entry.uid, 1, typed(program)))
    assert [str(one.status) for one in answer.answers] == ["rejected", "rejected"]
    assert not Sibling.objects.exists()
    assert SyncOperation.objects.filter(state="rejected").count() == 2


def test_the_note_is_told_only_to_whoever_may_read_it(program, phone, entry, coordinator):
    corrected(coordinator, entry, note="Suivi confidentiel.", persons=7)
    mine = phone.send(phone.update(entry.uid, 1, typed(program, persons="5"))).answers[0]
    assert mine.server["fields"]["note"] == "Suivi confidentiel."
    other = make_device(make_member(program).user)
    theirs = other.send(other.create(typed(program), entry=entry.uid)).answers[0]
    assert str(theirs.status) == "conflict"
    assert "note" not in theirs.server["fields"]
    assert "confidentiel" not in str(theirs)


def test_a_correction_by_somebody_else_is_held(program, entry):
    other = make_device(make_member(program).user)
    assert other.statuses(other.update(entry.uid, 1, typed(program, persons="5"))) == ["held"]
    entry.refresh_from_db()
    assert entry.persons == 2


def test_a_site_that_the_programme_left_stays_with_its_entry(program, worker, phone):
    site = make_site(program)
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, site_id=site.pk))
    program.program_sites.filter(site=site).delete()
    fields = typed(program, site=str(site.uid), persons="6")
    assert phone.statuses(phone.update(entry.uid, 1, fields)) == ["applied"]
    entry.refresh_from_db()
    assert (entry.site, entry.persons, entry.tenure, entry.mrc_id) == (site, 6, "omh", site.mrc_id)


def test_a_base_that_nobody_knows_waits_for_a_person(program, phone, entry, coordinator):
    corrected(coordinator, entry, persons=7)
    EntryRevision.objects.all().delete()
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, minutes="45"))) == ["conflict"]


def test_an_organization_that_closed_stays_with_its_entry(program, worker, phone):
    organization = make_organization(name="Comité Inventé")
    line = ReferralDraft(destination="health", organization_id=organization.pk)
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, referrals=(line,)))
    make_organization(name="Comité inventé")
    organization.closed_on = date(2015, 1, 1)
    organization.save()
    row = {"ref-0-destination": "health", "ref-0-organization": "Comité Inventé"}
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, persons="6", **row))) == ["applied"]
    entry.refresh_from_db()
    assert (entry.persons, entry.referrals.get().organization) == (6, organization)


def test_a_site_left_by_the_entry_too_is_known_from_its_version(program, worker, phone, coordinator):
    site = make_site(program)
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, site_id=site.pk))
    corrected(coordinator, entry, site_id=draft_for(worker).site_id)
    program.program_sites.filter(site=site).delete()
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, site=str(site.uid), persons="6"))) == ["applied"]
    entry.refresh_from_db()
    assert (entry.site_id, entry.persons) == (draft_for(worker).site_id, 6)
