"""The pages of the journal, by HTTP, without script."""

import uuid
from datetime import date

import pytest
from django.db import OperationalError
from django.urls import reverse

from maillage.journal.models import Entry
from tests.factories import make_entry, make_member, make_program, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


def typed(program, **fields):
    """What a browser sends for a small valid entry."""
    site = program.program_sites.order_by("id").first().site
    values = {
        "uid": str(uuid.uuid4()),
        "date": "2014-05-06",
        "site": str(site.uid),
        "nature": "individual",
        "persons": "2",
        "action": ["welcome", "referral"],
        "theme": ["food"],
        "minutes": "30",
        "do": "save",
    }
    return {name: value for name, value in (values | fields).items() if value is not None}


def test_the_form_opens(client, program):
    answer = client.get(reverse("journal:new"))
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    page = answer.content.decode()
    for name in ("date", "site", "nature", "action", "persons", "group", "theme", "minutes", "note", "axis"):
        assert f'name="{name}"' in page


def test_an_entry_is_logged_and_confirmed(client, program):
    answer = client.post(reverse("journal:new"), typed(program))
    entry = Entry.objects.get()
    assert answer.headers["Location"] == reverse("journal:saved", args=[entry.uid])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "En inscrire une autre" in page
    assert reverse("journal:delete", args=[entry.uid]) in page
    assert entry.entry_terms.count() == 3


def test_a_double_tap_writes_once(client, program):
    data = typed(program)
    for _ in range(2):
        client.post(reverse("journal:new"), data)
    assert Entry.objects.count() == 1


def test_what_is_wrong_is_told_and_what_was_typed_stays(client, program):
    data = typed(program, date="2014-13-45", persons="douze", note="Une note à garder", **{"ref-0-need": "food"})
    answer = client.post(reverse("journal:new"), data)
    page = answer.content.decode()
    assert answer.status_code == 400
    for kept in ("douze", "2014-13-45", "Une note à garder"):
        assert kept in page
    assert 'href="#f-date"' in page
    assert 'href="#f-persons"' in page
    assert 'href="#f-referrals.0.destination"' in page
    assert not Entry.objects.exists()


def test_referral_rows_without_script(client, program):
    data = typed(program, do="add-referral", **{"ref-0-destination": "health", "ref-0-need": "food"})
    page = client.post(reverse("journal:new"), data).content.decode()
    assert 'name="ref-1-destination"' in page
    page = client.post(reverse("journal:new"), data | {"do": "remove-referral-0"}).content.decode()
    assert 'id="f-referrals.0.destination"' not in page
    assert not Entry.objects.exists()
    client.post(reverse("journal:new"), data | {"do": "save"})
    assert Entry.objects.get().referrals.get().persons == 1


def test_the_note_is_screened_and_can_be_kept(client, program):
    data = typed(program, note="Appeler Mme Tremblay.")
    answer = client.post(reverse("journal:new"), data)
    assert answer.status_code == 400
    assert "Enregistrer quand même" in answer.content.decode()
    assert not Entry.objects.exists()
    client.post(reverse("journal:new"), data | {"do": "save-anyway"})
    assert Entry.objects.get().note == "Appeler Mme Tremblay."


def test_collective_fields_follow_the_nature(client, program):
    data = typed(program, participants="12", participations="30", collective_kind="group_project")
    client.post(reverse("journal:new"), data)
    assert Entry.objects.get().participants is None
    client.post(reverse("journal:new"), data | {"nature": "collective", "uid": str(uuid.uuid4())})
    assert Entry.objects.order_by("id").last().participations == 30


def test_the_last_one_can_be_repeated(client, program, worker):
    make_entry(program, worker, actions=["crisis"], themes=["safety"], note="À ne pas reprendre", minutes=50)
    page = client.get(reverse("journal:new") + "?reprendre=1").content.decode()
    assert 'value="crisis" checked' in page
    assert "À ne pas reprendre" not in page
    assert 'name="minutes_other" value="50"' in page


def test_an_edit_from_an_older_form_shows_both_versions(client, program, worker):
    entry = make_entry(program, worker, actions=["welcome"])
    address = reverse("journal:edit", args=[entry.uid])
    data = typed(program, revision="1", persons="5", uid=str(entry.uid))
    assert client.post(address, data).status_code == 302
    answer = client.post(address, data | {"persons": "9"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>5</td><td>9</td>" in page
    assert 'name="revision" value="2"' in page
    assert client.post(address, data | {"persons": "9", "revision": "2"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.persons, entry.revision) == (9, 3)


def test_a_record_shows_its_history(client, program, worker):
    client.post(reverse("journal:new"), typed(program))
    entry = Entry.objects.get()
    client.post(reverse("journal:edit", args=[entry.uid]), typed(program, revision="1", persons="7", uid=None))
    page = client.get(reverse("journal:entry", args=[entry.uid])).content.decode()
    assert "<del>2</del> → <ins>7</ins>" in page
    assert "Inscrite" in page


def test_the_reason_of_a_deletion_names_nobody(client, program, worker):
    entry = make_entry(program, worker)
    answer = client.post(reverse("journal:delete", args=[entry.uid]), {"reason": "Doublon, vu 418 555-0199"})
    assert answer.status_code == 400
    assert "418 555-0199" in answer.text
    assert "numéro de téléphone" in answer.text
    assert Entry.objects.alive().filter(pk=entry.pk).exists()


def test_delete_and_undo(client, program, worker):
    entry = make_entry(program, worker, note="À garder")
    answer = client.post(reverse("journal:delete", args=[entry.uid]), {"reason": "Doublon"}, follow=True)
    assert "Rétablir" in answer.content.decode()
    assert client.get(reverse("journal:entry", args=[entry.uid])).status_code == 404
    client.post(reverse("journal:restore", args=[entry.uid]))
    assert Entry.objects.alive().get().note == "À garder"


@pytest.mark.parametrize("name", ["list", "new", "export"])
@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
def test_the_journal_is_for_the_team(program, as_role, name, role):
    assert as_role(program, role).get(reverse(f"journal:{name}")).status_code == 404


def test_notes_are_for_their_author_and_coordination(program, worker, as_role, sign_in):
    entry = make_entry(program, worker, note="Xylophone confidentiel")
    addresses = [reverse("journal:entry", args=[entry.uid]), reverse("journal:list"), reverse("journal:export")]
    for client, reads in [
        (sign_in(worker.user), True),
        (as_role(program, "coordinator"), True),
        (as_role(program, "worker"), False),
        (as_role(program, "administrator"), False),
    ]:
        for address in addresses:
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert ("Xylophone" in content.decode()) is reads, address


def test_a_colleague_reads_but_does_not_correct(program, worker, as_role):
    entry = make_entry(program, worker)
    other = as_role(program, "outreach")
    assert other.get(reverse("journal:entry", args=[entry.uid])).status_code == 200
    for name in ("edit", "delete"):
        assert other.get(reverse(f"journal:{name}", args=[entry.uid])).status_code == 403
    assert other.get(reverse("journal:deleted", args=[entry.uid])).status_code == 404


def test_another_programme_is_not_found(program, client):
    foreign = make_entry(make_program())
    for name in ("entry", "edit", "delete", "saved", "deleted"):
        assert client.get(reverse(f"journal:{name}", args=[foreign.uid])).status_code == 404
    assert client.get(reverse("journal:list"), {"programme": foreign.program.slug}).status_code == 404
    assert client.get(reverse("journal:new"), {"refaire": str(foreign.uid)}).status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
def test_pages_take_the_same_few_queries(program, worker, client, rows, django_assert_max_num_queries):
    for n in range(rows):
        make_site(program)
        make_entry(program, worker, date=date(2014, 5, 1 + n % 28), actions=["welcome"], themes=["food", "budget"])
    for name in ("list", "new"):
        with django_assert_max_num_queries(12):
            answer = client.get(reverse(f"journal:{name}"))
        assert len(answer.content) < 60_000


def test_a_locked_database_gives_back_what_was_typed(client, program, monkeypatch):
    def locked(**given):
        raise OperationalError("database is locked")

    monkeypatch.setattr("maillage.journal.views.writing.log_entry", locked)
    answer = client.post(reverse("journal:new"), typed(program, note="Une note à garder"))
    assert answer.status_code == 503
    assert "Une note à garder" in answer.content.decode()


def test_markup_in_a_note_is_shown_as_text(client, program, worker):
    entry = make_entry(program, worker, note="<script>alert(1)</script>")
    for address in (reverse("journal:entry", args=[entry.uid]), reverse("journal:list")):
        assert "<script>alert(1)" not in client.get(address).content.decode()


def test_an_ended_programme_proposes_its_last_day(client, program, worker):
    program.end = date(2016, 3, 31)
    program.save()
    page = client.get(reverse("journal:new")).content.decode()
    assert 'value="2016-03-31"' in page
    assert 'max="2016-03-31"' in page


def test_coordination_writes_in_the_name_of_another(program, worker, as_role):
    coordinator = as_role(program, "coordinator")
    assert 'name="worker"' in coordinator.get(reverse("journal:new")).content.decode()
    coordinator.post(reverse("journal:new"), typed(program, worker=str(worker.pk)))
    assert Entry.objects.get().worker == worker


def test_a_worker_who_names_another_is_refused(program, client):
    other = make_member(program)
    assert client.post(reverse("journal:new"), typed(program, worker=str(other.pk))).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize("referrals", [1, 6])
def test_a_record_takes_few_queries(program, as_role, referrals, django_assert_max_num_queries):
    line = {"destination": "health", "need": "food", "persons": 1}
    entry = make_entry(program, actions=["welcome", "crisis"], persons=9, referrals=[line] * referrals)
    client = as_role(program, "coordinator")
    with django_assert_max_num_queries(13):
        assert client.get(reverse("journal:entry", args=[entry.uid])).status_code == 200
