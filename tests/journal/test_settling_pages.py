"""The pages where workers and coordinators settle what devices sent, by HTTP, without script."""

import re
from datetime import date

import pytest
from django.urls import reverse

from maillage.journal.models import Entry, Sibling, SyncOperation
from maillage.journal.services import delete_entry, draft_of, edit_entry, log_entry, receive_mailbox
from tests.factories import make_member, make_phone, make_sent, make_sibling, make_site
from tests.factories.field import make_device

from .drafts import draft_for

pytestmark = pytest.mark.django_db
LIST = reverse("journal:to_settle")


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


@pytest.fixture
def coordination(program, sign_in):
    return sign_in(make_member(program, "coordinator").user)


@pytest.fixture
def entry(program, worker):
    """An entry of two persons, corrected once by its coordination to 45 minutes."""
    made = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note="Première note."))
    coordinator = make_member(program, "coordinator").user
    return edit_entry(actor=coordinator, entry=made, revision=1, draft=draft_of(made).with_(minutes=45))


@pytest.fixture
def sibling(entry, worker):
    other = draft_of(entry).with_(minutes=30, persons=4, note="Seconde note.")
    return make_sibling(entry, other, worker, base=1, device=make_phone(worker.user, label="Le bleu"))


def typed(program, **fields):
    """What the phone sends for a small entry."""
    site = program.program_sites.order_by("id").first().site
    values = {
        "date": "2014-05-06",
        "site": str(site.uid),
        "nature": "individual",
        "persons": "mille",
        "action": ["welcome", "referral"],
        "minutes": "30",
        "note": "Bonne rencontre.",
    }
    return {"fields": values | fields, "acknowledged": False}


def page_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def address(name, thing):
    return reverse(f"journal:{name}", args=[thing.uid])


def test_an_empty_list_says_what_will_be_there(client):
    assert "Rien à régler" in page_of(client.get(LIST))


def test_the_list_says_who_when_which_device_and_why(client, coordination, program, worker, sibling):
    make_sent(worker, typed(program))
    make_sent(worker, typed(program), state="held", problems=[])
    for one in (client, coordination):
        page = page_of(one.get(LIST))
        for words in ("À concilier", "À corriger", "À valider", "Le bleu", "Inscription du 6 mai 2014"):
            assert words in page
        assert "Deux corrections sont parties de la même version." in page
        assert "Personnes rejointes : inscrivez un nombre." in page
        assert str(worker.user) in page


def test_nobody_sees_what_is_for_others(program, sign_in, worker, sibling):
    sent = make_sent(worker, typed(program))
    stranger = sign_in(make_member(program, "outreach").user)
    assert "Rien à régler" in page_of(stranger.get(LIST))
    for where in (address("reconcile", sibling), address("operation", sent)):
        assert stranger.get(where).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_the_same_questions_for_few_and_many(
    coordination, program, worker, entry, count, django_assert_max_num_queries
):
    for _ in range(count):
        make_sibling(entry, draft_of(entry).with_(persons=4), worker, base=1)
        make_sent(worker, typed(program))
        make_sent(worker, typed(program), state="held")
    coordination.get(LIST)
    with django_assert_max_num_queries(14):
        answer = coordination.get(LIST)
    assert page_of(answer).count('class="settle-link"') == 3 * count


def test_both_versions_stand_side_by_side(client, entry, sibling):
    page = page_of(client.get(address("reconcile", sibling)))
    for words in ("Première note.", "Seconde note.", "45 min", "30 min", "Le bleu", "Personnes rejointes"):
        assert words in page
    # Only the entry changed its duration: it is proposed. Only the phone changed the number of persons.
    assert re.search(r'name="pick-minutes" value="ours" checked', page)
    assert re.search(r'name="pick-persons" value="theirs" checked', page)


def test_the_entry_says_that_another_version_waits(client, coordination, program, sign_in, entry, sibling):
    for one in (client, coordination):
        assert address("reconcile", sibling) in page_of(one.get(address("entry", entry)))
    colleague = sign_in(make_member(program).user)
    assert "attend d'être conciliée" not in page_of(colleague.get(address("entry", entry)))


def test_the_history_says_from_which_device_an_entry_came(client, program, worker):
    phone = make_device(worker.user, program, label="Le bleu")
    fields = typed(program, persons="2")["fields"]
    receive_mailbox(batch=phone.batch(phone.create(fields)))
    assert "avec l'appareil Le bleu" in page_of(client.get(address("entry", Entry.objects.get())))


def test_one_keeps_takes_or_joins(client, worker, entry, sibling):
    where, revision = address("reconcile", sibling), {"revision": "2"}
    picks = {"pick-persons": "theirs", "pick-minutes": "ours"}
    refused = page_of(client.post(where, revision | picks | {"do": "merge"}), 409)
    assert "Il reste une différence sans choix" in refused
    assert re.search(r'name="pick-persons" value="theirs" checked', refused)
    done = client.post(where, revision | picks | {"do": "merge", "pick-note": "ours"})
    assert done.headers["Location"] == address("entry", entry)
    page = page_of(client.get(done.headers["Location"]))
    assert "les deux versions sont réunies" in page
    assert "Versions conciliées (réunies)" in page
    assert "<del>30 min</del> → <ins>45 min</ins>" in page
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.persons, entry.minutes, entry.note) == (4, 45, "Première note.")
    assert "C'est réglé depuis le" in page_of(client.get(where))
    for do, persons in (("take", 4), ("keep", 4)):
        other = make_sibling(entry, draft_of(entry).with_(persons=4), worker, base=1)
        current = Entry.objects.get(pk=entry.pk)
        assert client.post(address("reconcile", other), {"do": do, "revision": current.revision}).status_code == 302
        assert Entry.objects.get(pk=entry.pk).persons == persons
    assert not Sibling.objects.waiting().exists()


def test_an_entry_that_changed_meanwhile_is_compared_again(client, worker, entry, sibling):
    edit_entry(actor=worker.user, entry=entry, revision=2, draft=draft_of(entry).with_(persons=9))
    page = page_of(client.post(address("reconcile", sibling), {"do": "take", "revision": "2"}), 409)
    assert "a été modifiée pendant que vous compariez" in page
    assert 'name="revision" value="3"' in page
    assert Entry.objects.get(pk=entry.pk).persons == 9


def test_rules_refuse_a_joined_entry_and_every_choice_stays(client, worker, program):
    row = {"destination": "health", "persons": 3}
    draft = draft_for(worker, persons=3)
    entry = log_entry(actor=worker.user, program=program, draft=draft)
    from maillage.journal.services import ReferralDraft

    other = draft_of(entry).with_(persons=2, referrals=(), persons_referred=None)
    ours = draft_of(entry).with_(referrals=(ReferralDraft(**row),), persons_referred=None)
    entry = edit_entry(actor=worker.user, entry=entry, revision=1, draft=ours)
    sibling = make_sibling(entry, other, worker, base=1)
    picks = {"pick-persons": "theirs", "pick-referrals": "ours"}
    page = page_of(client.post(address("reconcile", sibling), picks | {"do": "merge", "revision": "2"}), 400)
    assert "Personnes référées : 3, personnes rejointes : 2." in page
    assert re.search(r'name="pick-referrals" value="ours" checked', page)


def test_a_deletion_shows_the_entry_and_deletes_or_keeps(client, worker, entry):
    sibling = make_sibling(entry, None, worker, base=1)
    page = page_of(client.get(address("reconcile", sibling)))
    assert "Suppression demandée" in page
    assert "Première note." in page
    done = client.post(address("reconcile", sibling), {"do": "take", "revision": "2"})
    assert done.headers["Location"] == address("deleted", entry)


def test_a_correction_of_a_deleted_entry_shows_what_it_would_bring_back(client, worker, entry, sibling):
    delete_entry(actor=worker.user, entry=entry)
    page = page_of(client.get(address("reconcile", sibling)))
    assert "Rétablir avec cette version" in page
    assert "Seconde note." in page
    done = client.post(address("reconcile", sibling), {"do": "keep", "revision": "3"})
    assert done.headers["Location"] == LIST
    assert Entry.objects.get(pk=entry.pk).deleted_at is not None


def test_what_was_typed_is_in_the_form_and_is_written_once_corrected(client, program, worker):
    sent = make_sent(worker, typed(program))
    page = page_of(client.get(address("operation", sent)))
    for words in (
        'value="mille"',
        "Bonne rencontre.",
        'value="2014-05-06"',
        'href="#f-persons"',
        "inscrivez un nombre",
    ):
        assert words in page
    assert re.search(r'value="welcome" checked', page)
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "save"} | typed(program)["fields"]
    refused = page_of(client.post(address("operation", sent), given), 400)
    assert "« mille » n'est pas un nombre entier" in refused
    done = client.post(address("operation", sent), given | {"persons": "3"})
    entry = Entry.objects.get()
    assert (entry.uid, entry.persons, entry.worker) == (sent.entry_uid, 3, worker)
    assert done.headers["Location"] == address("entry", entry)
    assert "Envoi d'un appareil réglé" in page_of(client.get(done.headers["Location"]))
    assert "Il n'y a plus rien à régler ici." in page_of(client.get(address("operation", sent)))
    assert client.post(address("operation", sent), given).status_code == 200
    assert Entry.objects.count() == 1


def test_a_note_that_seems_to_name_somebody_is_warned_about(client, program, worker):
    sent = make_sent(worker, typed(program, persons="2", note="Rappeler au 418 555-0199."))
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "save"} | typed(program, persons="2")["fields"]
    given["note"] = "Rappeler au 418 555-0199."
    assert "La note semble dire qui a été rencontré." in page_of(client.post(address("operation", sent), given), 400)
    assert client.post(address("operation", sent), given | {"do": "save-anyway"}).status_code == 302


def test_a_referral_row_comes_and_goes_without_script(client, program, worker):
    sent = make_sent(worker, typed(program))
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "add-referral"} | typed(program)["fields"]
    page = page_of(client.post(address("operation", sent), given))
    assert 'name="ref-0-destination"' in page
    assert sent.state == "rejected"


def test_the_coordination_writes_what_was_held_in_its_authors_name(coordination, client, program, worker):
    sent = make_sent(worker, typed(program, persons="2"), state="held", problems=[])
    mine = page_of(client.get(address("operation", sent)))
    assert "La coordination doit d'abord valider cet envoi." in mine
    assert 'id="entry-form"' not in mine
    assert "Bonne rencontre." in mine
    page = page_of(coordination.get(address("operation", sent)))
    assert re.search(rf'<option value="{worker.pk}" selected>', page)
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "save", "worker": str(worker.pk)}
    coordination.post(address("operation", sent), given | typed(program, persons="2")["fields"])
    assert Entry.objects.get().worker == worker


def test_a_correction_says_what_it_would_change(client, program, worker, entry):
    sent = make_sent(worker, typed(program, persons="9"), kind="update", base=1, entry_uid=entry.uid)
    page = page_of(client.get(address("operation", sent)))
    assert re.search(r"Personnes rejointes : <del>2</del> → <ins>9</ins>", page)
    given = {"uid": str(entry.uid), "revision": "1", "do": "save"} | typed(program, persons="9")["fields"]
    assert "pendant que vous la régliez" in page_of(client.post(address("operation", sent), given), 409)
    assert client.post(address("operation", sent), given | {"revision": "2"}).status_code == 302
    assert Entry.objects.get(pk=entry.pk).persons == 9


def test_a_deletion_that_was_refused_is_done_or_filed(client, worker, entry):
    sent = make_sent(worker, {"reason": "doublon"}, kind="delete", base=2, entry_uid=entry.uid)
    page = page_of(client.get(address("operation", sent)))
    assert 'value="doublon"' in page
    assert client.post(address("operation", sent), {"do": "save", "revision": "2"}).status_code == 302
    assert Entry.objects.get(pk=entry.pk).deleted_at is not None
    lost = make_sent(worker, {"reason": ""}, kind="delete", base=2)
    assert "il n'y a rien à supprimer" in page_of(client.get(address("operation", lost)))
    assert client.post(address("operation", lost), {"do": "save", "revision": "0"}).status_code == 302


def test_setting_aside_asks_for_a_reason(client, worker, program):
    sent = make_sent(worker, typed(program))
    assert "Dites pourquoi" in page_of(client.post(address("operation", sent), {"do": "discard", "reason": ""}), 400)
    done = client.post(address("operation", sent), {"do": "discard", "reason": "Un essai"})
    assert done.headers["Location"] == LIST
    page = page_of(client.get(address("operation", sent)))
    assert "Un essai" in page
    assert "Bonne rencontre." not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\xff pas du JSON", "n'a pas la forme d'une intervention"),
        (b"[" * 50_000, "n'a pas la forme d'une intervention"),
        (b'{"fields": {"note": "a\\u0000b\\ud800", "persons": 4, "date": null}}', 'id="entry-form"'),
        (b'{"fields": "rien"}', "Écarter"),
        (b'{"fields": {"date": "\\u202e2014", "nature": "<script>alert(1)</script>"}}', 'id="entry-form"'),
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_content_that_cannot_be_read_is_shown_and_set_aside(client, worker, content, words, sealed):
    sent = make_sent(worker, content, sealed=sealed)
    page = page_of(client.get(address("operation", sent)))
    assert words in page
    assert "<script>alert" not in page
    assert client.get(LIST).status_code == 200
    assert client.post(address("operation", sent), {"do": "discard", "reason": "Illisible"}).status_code == 302


def test_content_sealed_for_a_lost_key_says_so(client, worker, program):
    sent = make_sent(worker, typed(program))
    SyncOperation.objects.update(sealed_with="0" * 16)
    assert "scellé pour une clé que le serveur n'a pas" in page_of(client.get(address("operation", sent)))


def test_an_operation_of_no_known_programme_is_its_authors(client, coordination, worker, program):
    sent = make_sent(worker, typed(program, persons="2"), program=None)
    assert coordination.get(address("operation", sent)).status_code == 404
    assert "Bonne rencontre." in page_of(client.get(address("operation", sent)))
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "save"} | typed(program, persons="2")["fields"]
    assert client.post(address("operation", sent), given).status_code == 302
    assert Entry.objects.get().program == program


def test_a_place_that_is_no_longer_covered_is_told(client, program, worker):
    elsewhere = make_site(name="Loin d'ici")
    sent = make_sent(worker, typed(program, site=str(elsewhere.uid), persons="2"))
    page = page_of(client.get(address("operation", sent)))
    assert "Loin d'ici" not in page
    given = {"uid": str(sent.entry_uid), "revision": "0", "do": "save"}
    page = page_of(
        client.post(address("operation", sent), given | typed(program, site=str(elsewhere.uid))["fields"]), 400
    )
    assert "n'est pas couvert" in page


def test_the_coordination_writes_at_once_what_is_held_and_follows_the_rules(
    client, coordination, program, worker, entry
):
    held = {"state": "held", "problems": []}
    for persons in ("2", "3", "mille"):
        make_sent(worker, typed(program, persons=persons), **held)
    named = make_sent(worker, typed(program, persons="2", note="Rappeler au 418 555-0199."), **held)
    stale = make_sent(worker, typed(program, persons="9"), kind="update", base=1, entry_uid=entry.uid, **held)
    gone = make_sent(worker, {"reason": ""}, kind="delete", base=entry.revision, entry_uid=entry.uid, **held)
    assert client.post(LIST).status_code == 302
    assert SyncOperation.objects.to_settle().count() == 6
    assert "Inscrire tels quels" not in page_of(client.get(LIST))
    assert "Inscrire tels quels" in page_of(coordination.get(LIST))
    page = page_of(coordination.post(LIST, follow=True))
    assert "3 envois sont maintenant inscrits." in page
    assert "3 envois demandent à être ouverts" in page
    waiting = set(SyncOperation.objects.to_settle().values_list("uid", flat=True))
    assert {named.uid, stale.uid} < waiting
    assert gone.uid not in waiting
    assert sorted(Entry.objects.alive().values_list("persons", flat=True)) == [2, 3]


@pytest.mark.parametrize("kind", ["update", "delete"])
def test_to_have_sent_something_gives_no_right_to_read_the_note_of_another(program, sign_in, entry, kind):
    curious = make_member(program, "outreach")
    content = {"reason": ""} if kind == "delete" else typed(program, persons="2", note="Autre chose.")
    sent = make_sent(curious, content, kind=kind, base=2, entry_uid=entry.uid)
    client = sign_in(curious.user)
    page = page_of(client.get(address("operation", sent)))
    assert "Première note." not in page
    given = {"uid": str(entry.uid), "revision": "2", "do": "save"} | typed(program, persons="2")["fields"]
    refused = page_of(client.post(address("operation", sent), given), 409)
    assert "Une intervention se corrige par son auteur" in refused
    assert "Première note." not in refused
    assert Entry.objects.get(pk=entry.pk).note == "Première note."


def test_who_made_a_version_and_may_no_longer_correct_the_entry_reads_no_note_of_it(program, sign_in, entry):
    former = make_member(program)
    sibling = make_sibling(entry, draft_of(entry).with_(persons=4, note="Seconde note."), former, base=1)
    client = sign_in(former.user)
    page = page_of(client.get(address("reconcile", sibling)))
    assert "se corrige par son auteur" in page
    assert "Première note." not in page
    assert client.post(address("reconcile", sibling), {"do": "keep", "revision": "2"}).status_code == 403


def test_who_left_sees_what_they_sent_and_nothing_of_the_entry(program, sign_in, worker, entry):
    sent = make_sent(worker, {"reason": ""}, kind="delete", state="held", base=2, entry_uid=entry.uid)
    worker.end = date(2014, 12, 31)
    worker.save()
    page = page_of(sign_in(worker.user).get(address("operation", sent)))
    assert "Première note." not in page
    assert "45 min" not in page
