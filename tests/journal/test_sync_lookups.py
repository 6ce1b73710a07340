"""What is kept between batches may only say yes: what changed since is seen before anything is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.journal.models import Entry, SyncOperation
from maillage.journal.services import draft_of, edit_entry
from maillage.journal.sync import lookups
from maillage.programs.models import Term
from tests.factories import make_device, make_member, make_organization, make_program, make_site, term, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(program):
    return make_member(program)


@pytest.fixture
def phone(program, worker):
    phone = make_device(worker.user)
    assert phone.statuses(phone.create(typed(program, note="Suivi à la résidence."))) == ["applied"]
    return phone


def test_the_second_batch_reads_less(program, worker):
    phone, counts = make_device(worker.user), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            phone.send(phone.create(typed(program)))
        counts.append(len(queries))
    assert counts[1] <= counts[0] - 2


def test_what_was_added_since_is_found(program, phone):
    site, organization = make_site(program), make_organization(name="Comité Tout Neuf")
    Term.objects.create(
        frame=program.frame, vocabulary="theme", code="new", label_fr="Neuf", label_en="New", position=99
    )
    row = {"ref-0-destination": "health", "ref-0-organization": organization.name}
    fields = typed(program, site=str(site.uid), theme=["new"], **row)
    assert phone.statuses(phone.create(fields)) == ["applied"]
    entry = Entry.objects.get(site=site)
    assert draft_of(entry).terms["theme"] == ("new",)
    assert entry.referrals.get().organization == organization
    fields = typed(program, site=str(make_site(program).uid), persons="7")
    assert phone.statuses(phone.update(entry.uid, 1, fields)) == ["applied"]


def test_a_place_named_since_is_nobodys_name(program, phone):
    make_organization(name="Maison Louise Tremblay")
    assert phone.statuses(phone.create(typed(program, note="Visite à la Maison Louise Tremblay."))) == ["applied"]


def test_a_union_is_refused_by_fresh_lookups_only(program, worker, phone, monkeypatch):
    entry = Entry.objects.get()
    edit_entry(actor=worker.user, entry=entry, revision=1, draft=draft_of(entry).with_(persons=1))
    fields = typed(program, note=entry.note, **{"ref-0-destination": "health", "ref-0-persons": "2"})
    assert phone.statuses(phone.update(entry.uid, 1, fields)) == ["conflict"]


@pytest.mark.django_db(transaction=True)
def test_what_the_database_no_longer_holds_is_refused_with_a_sentence():
    program = make_program()
    phone = make_device(make_member(program).user)
    assert phone.statuses(phone.create(typed(program, theme=["food"]))) == ["applied"]
    term(program, "theme", "budget").delete()
    answer = phone.send(phone.create(typed(program)), phone.create(typed(program, theme=["food"])))
    assert [str(one.status) for one in answer.answers] == ["rejected", "applied"]
    assert "« budget »" in answer.answers[0].sentence
    assert Entry.objects.count() == 2


def test_what_was_withdrawn_is_seen_when_the_moment_is_over(program, phone, monkeypatch):
    monkeypatch.setattr(lookups, "SECONDS", -1.0)
    program.program_sites.all().delete()
    fields = {"date": "2014-05-06", "nature": "individual", "persons": "1", "site": str(Entry.objects.get().site.uid)}
    assert phone.statuses(phone.create(fields)) == ["rejected"]
    assert SyncOperation.objects.filter(state="rejected").count() == 1


def test_a_right_is_never_kept(program, worker, phone):
    worker.role = "partner"
    worker.save()
    assert phone.statuses(phone.create(typed(program))) == ["held"]


def test_little_is_kept(program, phone, monkeypatch):
    monkeypatch.setattr(lookups, "MOST", 0)
    assert phone.statuses(phone.create(typed(program)), phone.create(typed(program))) == ["applied", "applied"]
    assert len(lookups._kept) <= 1
