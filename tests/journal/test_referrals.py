"""A referral lives longer than the form that wrote it: corrections, deletions and devices keep what came of it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.core.models import AuditEvent
from maillage.journal.context import DraftContext
from maillage.journal.forms.reading import Reading
from maillage.journal.models import EntryRevision, Referral, ReferralEvent, ReferralLink, Sibling
from maillage.journal.services import (
    ReferralDraft,
    accept_operation,
    delete_entry,
    draft_of,
    edit_entry,
    log_entry,
    restore_entry,
    settle_sibling,
)
from maillage.journal.slip_code import code_of
from maillage.journal.sync.fields import Fields
from tests.factories import make_member, make_program, make_sent, make_service, make_site, typed

from .drafts import draft_for

pytestmark = pytest.mark.django_db


def row(**fields):
    return ReferralDraft(
        **{"destination": "health", "need": "food", "kind": "accompanied", "uid": uuid.uuid4(), **fields}
    )


def logged(worker, *rows, **fields):
    return log_entry(actor=worker.user, program=worker.program, draft=draft_for(worker, referrals=rows, **fields))


def lived(entry, state="waiting"):
    """The first referral of an entry, some way along."""
    found = entry.referrals.order_by("id").first()
    Referral.objects.filter(pk=found.pk).update(state=state, state_at=timezone.now())
    ReferralEvent.objects.create(referral=found, state=state)
    ReferralLink.objects.create(referral=found, digest=uuid.uuid4().hex, expires_at=timezone.now() + timedelta(days=9))
    return found


def corrected(worker, entry, **fields):
    entry.refresh_from_db()
    draft = draft_of(entry).with_(persons_referred=None, **fields)
    return edit_entry(actor=worker.user, entry=entry, revision=entry.revision, draft=draft)


def test_a_new_referral_takes_the_number_of_its_form_and_the_code_of_that_number(worker):
    one, other = row(), row(uid=None)
    entry = logged(worker, one, other)
    first, second = entry.referrals.order_by("id")
    assert (first.uid, first.code, first.state) == (one.uid, code_of(one.uid), "given")
    assert second.uid
    assert second.code == code_of(second.uid)


def test_a_correction_keeps_what_came_of_a_referral(worker):
    entry = logged(worker, row(), row(destination="community"))
    kept = lived(entry)
    rows = draft_of(entry).referrals
    corrected(
        worker, entry, referrals=(row(destination="municipal"), ReferralDraft(**{**plain(rows[0]), "persons": 2}))
    )
    found = Referral.objects.get(uid=kept.uid)
    assert (found.pk, found.state, found.persons, found.events.count()) == (kept.pk, "waiting", 2, 1)
    assert found.links.get().revoked_at is None
    assert [one.destination.code for one in entry.referrals.order_by("id")] == ["health", "municipal"]
    gone = AuditEvent.objects.get(verb="journal.edit").changes
    assert [line["destination"] for line in gone["referrals"][0]] == ["health", "community"]
    assert gone["referrals_gone"] == [{"code": code_of(rows[1].uid), "state": "given"}]


def plain(line):
    return {name: getattr(line, name) for name in ReferralDraft.__dataclass_fields__}


def test_rows_in_another_order_are_no_correction(worker):
    entry = logged(worker, row(), row(destination="community"))
    corrected(worker, entry, referrals=draft_of(entry).referrals[::-1])
    entry.refresh_from_db()
    assert (entry.revision, entry.revisions.count()) == (1, 0)


def test_a_form_from_before_keeps_what_came_of_a_referral(worker, phone, program):
    entry = logged(worker, row(), row(destination="community", need=""))
    kept = lived(entry)
    sent = {"ref-0-destination": "community", "ref-1-destination": "health", "ref-1-need": "food"}
    sent |= {"ref-1-kind": "accompanied", "ref-1-persons": "2", "ref-0-kind": "accompanied"}
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, **sent))) == ["applied"]
    found = Referral.objects.get(uid=kept.uid)
    assert (found.pk, found.state, found.persons) == (kept.pk, "waiting", 2)
    assert entry.referrals.count() == 2


def test_a_device_keeps_and_adds_and_takes_out(worker, phone, program):
    entry = logged(worker, row(), row(destination="community"))
    kept = lived(entry)
    new = uuid.uuid4()
    sent = {"ref-0-uid": str(new), "ref-0-destination": "municipal"}
    sent |= {
        "ref-4-uid": str(kept.uid),
        "ref-4-destination": "health",
        "ref-4-need": "food",
        "ref-4-kind": "transferred",
    }
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, **sent | {"ref-4-consent": "1"}))) == ["applied"]
    found = {one.uid: one for one in entry.referrals.all()}
    assert found.keys() == {kept.uid, new}
    assert (found[kept.uid].state, found[kept.uid].consent) == ("waiting", True)
    assert found[new].code == code_of(new)


def test_a_creation_sent_twice_is_one_whether_rows_are_numbered_or_not(worker, phone, program):
    for number in (str(uuid.uuid4()), ""):
        fields = typed(program, **{"ref-0-destination": "health", "ref-0-uid": number})
        name = uuid.uuid4()
        assert phone.statuses(phone.create(fields, entry=name)) == ["applied"]
        assert phone.statuses(phone.create(fields, entry=name)) == ["duplicate"]
    assert Referral.objects.count() == 2


def test_the_number_of_another_entry_is_not_believed(worker, phone, program):
    mine = row()
    entry = logged(worker, mine)
    other = logged(worker, row(uid=mine.uid), row(uid=mine.uid))
    assert entry.referrals.get().uid == mine.uid
    assert other.referrals.exclude(uid=mine.uid).count() == 2
    fields = typed(program, **{"ref-0-destination": "health", "ref-0-uid": str(mine.uid)})
    sent = [phone.create(fields), phone.create(fields), phone.update(other.uid, 1, fields)]
    assert phone.statuses(*sent) == ["applied"] * 3
    assert Referral.objects.get(uid=mine.uid).entry == entry


def test_a_deleted_entry_that_comes_back_brings_its_referrals_as_they_were(worker):
    entry = logged(worker, row())
    kept = lived(entry)
    delete_entry(actor=worker.user, entry=entry)
    restore_entry(actor=worker.user, entry=entry)
    found = entry.referrals.get()
    assert (found.pk, found.uid, found.state, found.events.count()) == (kept.pk, kept.uid, "waiting", 1)


def test_versions_kept_before_rows_had_a_number_are_compared_and_brought_back(worker, phone, program):
    entry = logged(worker, row())
    kept = lived(entry)
    corrected(worker, entry, minutes=60)
    version = EntryRevision.objects.get()
    del version.content["referrals"][0]["uid"]
    version.save()
    sent = {
        "ref-0-uid": str(kept.uid),
        "ref-0-destination": "health",
        "ref-0-need": "food",
        "ref-0-kind": "accompanied",
    }
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, persons="3", **sent))) == ["applied"]
    entry.refresh_from_db()
    assert (entry.persons, entry.minutes, entry.referrals.get().state) == (3, 60, "waiting")


def test_what_a_receiver_said_holds_of_that_receiver_only(worker):
    entry = logged(worker, row(kind="transferred", consent=True, service_id=make_service().pk))
    sent = lived(entry, "accepted")
    [line] = draft_of(entry).referrals
    service = make_service()
    elsewhere = ReferralDraft(**{**plain(line), "service_id": service.pk, "organization_id": service.organization_id})
    corrected(worker, entry, referrals=(elsewhere,))
    sent.refresh_from_db()
    assert (sent.state, sent.service, sent.links.get().revoked_at is None) == ("given", service, False)
    assert list(sent.events.values_list("state", flat=True)) == ["accepted", "given"]


def test_who_no_longer_agrees_takes_the_link_back(worker):
    entry = logged(worker, row(kind="transferred", consent=True))
    sent = lived(entry, "sent")
    [line] = draft_of(entry).referrals
    corrected(worker, entry, referrals=(ReferralDraft(**{**plain(line), "consent": False}),))
    sent.refresh_from_db()
    assert (sent.state, sent.links.get().revoked_at is None) == ("sent", False)


def test_a_new_kind_or_day_moves_the_day_that_nobody_chose():
    day = timezone.localdate() - timedelta(days=5)
    program = make_program(start=day - timedelta(days=99), end=None)
    make_site(program)
    worker = make_member(program)
    entry = logged(worker, row(kind="information"), row(kind="accompanied"), date=day)
    one, other = entry.referrals.order_by("id")
    assert (one.due_on, other.due_on) == (None, day + timedelta(days=14))
    chosen = day + timedelta(days=40)
    Referral.objects.filter(pk=other.pk).update(due_on=chosen)
    rows = [ReferralDraft(**{**plain(line), "kind": "transferred"}) for line in draft_of(entry).referrals]
    corrected(worker, entry, referrals=tuple(rows), date=day - timedelta(days=1))
    one, other = entry.referrals.order_by("id")
    assert (one.due_on, other.due_on) == (day + timedelta(days=9), chosen)


def test_settling_two_versions_keeps_what_came_of_a_referral(worker, phone, program):
    entry = logged(worker, row())
    kept = lived(entry)
    corrected(worker, entry, note="Suivi.")
    sent = {"ref-0-uid": str(kept.uid), "ref-0-destination": "health", "ref-0-need": "housing", "note": "Autre suivi."}
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, **sent))) == ["conflict"]
    sibling = Sibling.objects.get()
    settle_sibling(actor=worker.user, sibling=sibling, revision=2, outcome="taken")
    found = entry.referrals.get()
    assert (found.pk, found.need.code, found.state, found.events.count()) == (kept.pk, "housing", "waiting", 1)


def test_the_quarantine_writes_and_corrects_referrals_under_their_own_number(worker, program):
    number = str(uuid.uuid4())
    fields = typed(program, **{"ref-0-destination": "health", "ref-0-uid": number})
    context = DraftContext(program)
    for uid in (number, ""):
        sent = make_sent(worker, {"fields": fields | {"ref-0-uid": uid}})
        draft = Reading(Fields(fields | {"ref-0-uid": uid}), context, worker).draft
        written = accept_operation(actor=worker.user, operation=sent, draft=draft)
        assert written.referrals.count() == 1
    assert Referral.objects.filter(uid=number).count() == 1
    entry = Referral.objects.get(uid=number).entry
    kept = lived(entry)
    sent = make_sent(worker, {"fields": fields}, kind="update", base=1, entry_uid=entry.uid)
    draft = Reading(Fields(fields | {"ref-0-uid": "", "persons": "3"}), context, worker).draft
    accept_operation(actor=worker.user, operation=sent, draft=draft, revision=1)
    assert (entry.referrals.get().pk, entry.referrals.get().state) == (kept.pk, "waiting")


def test_only_what_a_correction_changes_is_written(worker, monkeypatch):
    """Somebody notes an outcome while another corrects the entry: both stand."""
    entry = logged(worker, row(), row(destination="community"))
    first, second = draft_of(entry).referrals
    writing = Referral.objects.bulk_update

    def meanwhile(rows, names):
        Referral.objects.filter(uid=first.uid).update(state="obtained")
        return writing(rows, names)

    monkeypatch.setattr(Referral.objects, "bulk_update", meanwhile)
    changed = ReferralDraft(**{**plain(first), "persons": 2})
    corrected(worker, entry, referrals=(changed, second))
    found = entry.referrals.get(uid=first.uid)
    assert (found.state, found.persons) == ("obtained", 2)
