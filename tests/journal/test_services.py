"""The doors of the journal: what they write, what they refuse, what they leave behind."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent, Change
from maillage.journal.models import Entry, EntryRevision
from maillage.journal.services import (
    DraftRefused,
    DraftsRefused,
    EditedMeanwhile,
    IdentitySuspected,
    ReferralDraft,
    delete_entry,
    draft_of,
    edit_entry,
    forget_deleted_notes,
    log_entries,
    log_entry,
    restore_entry,
)
from tests.factories import make_member, make_program, make_site, make_user

from .drafts import draft_for

pytestmark = pytest.mark.django_db


def test_an_entry_is_written_whole(program, worker):
    referral = ReferralDraft(destination="health", need="food", kind="accompanied", persons=2, uid=uuid.uuid4())
    draft = draft_for(worker, referrals=(referral,), note="Bonne rencontre.", contact_place="park")
    entry = log_entry(actor=worker.user, program=program, draft=draft)
    entry.refresh_from_db()
    site = program.program_sites.get().site
    assert (entry.mrc_id, entry.tenure, entry.persons_referred) == (site.mrc_id, "omh", 2)
    assert (entry.revision, entry.created_by_id) == (1, worker.user.pk)
    assert draft_of(entry) == draft.with_(persons_referred=2, mrc_id=site.mrc_id)
    assert Change.objects.get().key == entry.pk
    assert AuditEvent.objects.get().verb == "journal.log"
    assert " aliment " in entry.search
    assert "rencontr" in entry.note_search
    assert "rencontr" not in entry.search


def test_the_same_save_twice_is_one_entry(program, worker):
    draft = draft_for(worker, uid=uuid.uuid4())
    first = log_entry(actor=worker.user, program=program, draft=draft)
    assert log_entry(actor=worker.user, program=program, draft=draft.with_(persons=9)) == first
    assert Entry.objects.get().persons == 2
    other = make_member(program).user
    with pytest.raises(Refused):
        log_entry(actor=other, program=program, draft=draft)


def test_without_a_site_the_tenure_is_other(program, worker):
    mrc = program.territory.children.order_by("-code").first()
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, site_id=None, mrc_id=mrc.pk))
    assert (entry.tenure, entry.mrc) == ("other", mrc)


@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
def test_only_the_team_writes(program, worker, role):
    with pytest.raises(NotAllowed):
        log_entry(actor=make_member(program, role).user, program=program, draft=draft_for(worker))
    assert not Entry.objects.exists()


def test_a_worker_writes_in_no_other_name_and_coordination_does(program, worker):
    with pytest.raises(NotAllowed):
        log_entry(actor=make_member(program).user, program=program, draft=draft_for(worker))
    coordinator = make_member(program, "coordinator").user
    assert log_entry(actor=coordinator, program=program, draft=draft_for(worker)).worker == worker


def test_a_suspected_identity_waits_for_a_confirmation_that_the_audit_keeps_without_the_text(program, worker):
    draft = draft_for(worker, note="Rappeler Mme Tremblay au 418 555-0199.")
    with pytest.raises(IdentitySuspected) as caught:
        log_entry(actor=worker.user, program=program, draft=draft)
    assert {finding.kind for finding in caught.value.findings} == {"name", "phone"}
    log_entry(actor=worker.user, program=program, draft=draft, acknowledged=True)
    line = AuditEvent.objects.get()
    assert line.changes == {"screening": ["name", "phone"]}


def test_an_edit_keeps_what_was_said(program, worker):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note="Avant."))
    before = draft_of(entry)
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=before.with_(persons=5, note="Après."))
    entry = Entry.objects.get()
    assert (entry.persons, entry.note, entry.revision) == (5, "Après.", 2)
    assert EntryRevision.objects.get().content == before.as_json()
    line = AuditEvent.objects.first()
    assert line.changes == {"persons": [2, 5], "note": ["…", "…"]}
    assert Change.objects.count() == 2


def test_an_edit_that_changes_nothing_leaves_nothing(program, worker):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(entry))
    assert Entry.objects.get().revision == 1
    assert not EntryRevision.objects.exists()


def test_an_edit_from_an_older_form_is_refused(program, worker):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    draft = draft_of(entry)
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft.with_(persons=5))
    with pytest.raises(EditedMeanwhile) as caught:
        edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft.with_(persons=7))
    assert caught.value.entry.persons == 5
    assert Entry.objects.get().persons == 5


def test_an_edit_elsewhere_keeps_where_things_stood(program, worker):
    site = program.program_sites.get().site
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    site.tenure = "coop"
    site.save()
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(entry).with_(persons=3))
    assert Entry.objects.get().tenure == "omh"
    program.program_sites.all().delete()
    edit_entry(actor=worker.user, entry=entry, revision=2, draft=draft_of(entry).with_(persons=4))
    assert Entry.objects.get().persons == 4


def test_others_of_the_team_do_not_correct(program, worker):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker))
    for actor in (make_member(program).user, make_user(is_administrator=True)):
        with pytest.raises(NotAllowed):
            edit_entry(actor=actor, entry=entry, revision=1, draft=draft_of(entry).with_(persons=5))
        with pytest.raises(NotAllowed):
            delete_entry(actor=actor, entry=entry)


def test_a_deletion_leaves_a_trace_and_can_be_undone(program, worker):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note="À garder."))
    said = draft_of(Entry.objects.get())
    delete_entry(actor=worker.user, entry=entry, reason="Inscrite deux fois")
    trace = Entry.objects.get()
    assert trace.deleted_at
    assert (trace.note, trace.search, trace.note_search) == ("", "", "")
    assert not Entry.objects.alive().exists()
    assert AuditEvent.objects.first().changes == {"reason": "Inscrite deux fois"}
    restore_entry(actor=worker.user, entry=entry)
    assert draft_of(Entry.objects.alive().get()) == said
    assert Change.objects.count() == 3


def test_after_a_month_a_deletion_is_final_and_its_note_forgotten(program, worker, capsys):
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note="À oublier."))
    delete_entry(actor=worker.user, entry=entry)
    assert forget_deleted_notes() == 0
    Entry.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused):
        restore_entry(actor=worker.user, entry=entry)
    call_command("tidy")
    assert "Notes effacées : 1" in capsys.readouterr().out
    assert EntryRevision.objects.get().content["note"] == ""
    assert forget_deleted_notes() == 0


def test_many_entries_are_all_written_or_none(program, worker):
    good = [draft_for(worker, import_key=f"k{n}", date=date(2014, 5, 1 + n)) for n in range(5)]
    with pytest.raises(DraftsRefused) as caught:
        log_entries(actor=None, program=program, drafts=[*good, good[0].with_(persons=-1, import_key="k9")])
    assert [(place, problem.field) for place, problem in caught.value.problems] == [(5, "persons")]
    assert not Entry.objects.exists()
    numbers = log_entries(actor=None, program=program, drafts=good)
    assert [Entry.objects.get(pk=number).import_key for number in numbers] == ["k0", "k1", "k2", "k3", "k4"]
    assert Change.objects.count() == AuditEvent.objects.count() == 5
    with pytest.raises(DraftsRefused):
        log_entries(actor=None, program=program, drafts=good[:1])


def test_imports_are_for_coordination(program, worker):
    with pytest.raises(NotAllowed):
        log_entries(actor=worker.user, program=program, drafts=[draft_for(worker)])
    assert log_entries(actor=make_member(program, "coordinator").user, program=program, drafts=[draft_for(worker)])


def test_many_entries_take_few_statements(program, worker, django_assert_max_num_queries):
    drafts = [draft_for(worker, date=date(2014, 1, 1) + timedelta(days=n % 300)) for n in range(200)]
    with django_assert_max_num_queries(40):
        log_entries(actor=None, program=program, drafts=drafts)


def test_a_site_of_another_programme_is_refused(program, worker):
    foreign = make_site(make_program())
    with pytest.raises(DraftRefused) as caught:
        log_entry(actor=worker.user, program=program, draft=draft_for(worker, site_id=foreign.pk))
    assert caught.value.problems[0].sentence == f"Ce milieu n'est pas couvert par {program.name}."
