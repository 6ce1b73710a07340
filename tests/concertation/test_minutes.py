"""Minutes through their pages: typed by two people, circulated, amended, adopted, published."""

import io
import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Amendment, Decision, FollowUp, Minutes, NoteVersion
from maillage.concertation.services import start_agenda
from maillage.core.models import AuditEvent, OutgoingMail
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_minutes import make_agenda_item, make_decision, make_follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(name="Table du quartier", is_public=True)


@pytest.fixture
def meeting(group):
    return make_meeting(group, days=-1, title="Rencontre de mai")


@pytest.fixture
def item(meeting):
    return make_agenda_item(meeting, title="Le jardin", kind="decision")


@pytest.fixture
def member(group):
    return make_group_member(group)


@pytest.fixture
def secretary(group):
    return make_group_member(group, "secretary")


@pytest.fixture
def one(sign_in, secretary):
    return sign_in(secretary.person.user)


@pytest.fixture
def other(sign_in, group):
    return sign_in(make_group_member(group, "facilitator").person.user)


@pytest.fixture
def reader(sign_in, member):
    return sign_in(member.person.user)


def at(name, *arguments):
    return reverse(f"concertation:{name}", args=arguments)


def note(client, meeting, key, text, revision=0, **data):
    sent = {"key": str(key), "text": text, "revision": revision, **data}
    return client.post(at("minutes_note", meeting.uid), sent, headers={"Accept": "application/json"})


def turn(client, meeting, do, **data):
    return client.post(at("minutes_turn", meeting.uid), {"do": do, **data})


def page(client, meeting):
    answer = client.get(at("minutes", meeting.uid))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_typed_is_saved_and_read_by_the_others(one, reader, meeting, item):
    answer = note(one, meeting, item.uid, "On plante des tomates.\r\nEt du basilic.")
    assert answer.json() == {"revision": 1, "text": "On plante des tomates.\nEt du basilic."}
    note(one, meeting, "opening", "Pauline ouvre la rencontre.")
    read = page(reader, meeting)
    assert "On plante des tomates.<br>Et du basilic." in read
    assert "Pauline ouvre la rencontre." in read
    assert "<textarea" not in read  # who does not animate reads


def test_two_who_type_at_once_merge(one, other, meeting, item):
    note(one, meeting, item.uid, "a\nb\nc")
    note(one, meeting, item.uid, "A\nb\nc", revision=1)
    answer = note(other, meeting, item.uid, "a\nb\nc\nd", revision=1)
    assert answer.json() == {"revision": 3, "text": "A\nb\nc\nd"}
    item.refresh_from_db()
    assert item.notes == "A\nb\nc\nd"
    assert not NoteVersion.objects.filter(waiting=True).exists()


def test_a_page_that_typed_on_before_the_answer_came_merges_over_what_it_sent(one, other, meeting, item):
    note(other, meeting, item.uid, "Des autres")
    merged = note(one, meeting, item.uid, "De moi", base="").json()
    assert merged["text"] == "Des autres\nDe moi"
    again = note(one, meeting, item.uid, "De moi et encore", base="De moi").json()
    assert again["text"] == "Des autres\nDe moi et encore"


def test_the_same_line_changed_twice_shows_both_until_somebody_chooses(one, other, meeting, item):
    note(one, meeting, item.uid, "On se revoit")
    note(one, meeting, item.uid, "On se revoit lundi", revision=1)
    answer = note(other, meeting, item.uid, "On se revoit mardi", revision=1).json()
    assert answer["text"] == "On se revoit lundi"
    assert "gardé à côté" in answer["waiting"]
    note(other, meeting, item.uid, "On se revoit mardi soir", revision=1)  # types on: one version waits, not two
    version = NoteVersion.objects.get(waiting=True)
    for client in (one, other):
        read = page(client, meeting)
        assert "On se revoit lundi" in read
        assert "On se revoit mardi soir" in read
    assert "deux versions" in turn(one, meeting, "circulate").content.decode()
    settle = at("version_settle", meeting.uid, version.uid)
    assert one.post(settle, {"do": "both", "text": "x", "revision": 1}).status_code == 409
    one.post(settle, {"do": "both", "text": "On se revoit lundi ou mardi", "revision": 2})
    item.refresh_from_db()
    assert item.notes == "On se revoit lundi ou mardi"
    assert not NoteVersion.objects.filter(waiting=True).exists()


@pytest.mark.parametrize(("do", "text"), [("keep", "inscrit"), ("take", "autre")])
def test_one_of_two_versions_is_kept(one, other, meeting, item, do, text):
    note(one, meeting, item.uid, "début")
    note(one, meeting, item.uid, "inscrit", revision=1)
    note(other, meeting, item.uid, "autre", revision=1)
    version = NoteVersion.objects.get(waiting=True)
    one.post(at("version_settle", meeting.uid, version.uid), {"do": do, "revision": 2})
    item.refresh_from_db()
    assert item.notes == text


def test_without_script_the_form_saves_and_comes_back_to_its_item(one, meeting, item):
    answer = one.post(at("minutes_note", meeting.uid), {"key": str(item.uid), "text": "Dit", "revision": 0})
    assert answer.headers["Location"].endswith(f"#p-{item.uid}")
    item.refresh_from_db()
    assert item.notes == "Dit"


def test_a_text_too_long_or_of_an_item_gone_comes_back(one, meeting, item):
    answer = one.post(at("minutes_note", meeting.uid), {"key": "opening", "text": "x" * 5001, "revision": 0})
    assert answer.status_code == 422
    assert "5000 caractères" in answer.content.decode()
    assert "x" * 5001 in answer.content.decode()
    key = item.uid
    item.delete()
    assert "n&#x27;est plus à l&#x27;ordre du jour" in json.dumps(
        note(one, meeting, key, "Dit").json(), ensure_ascii=False
    ).replace("'", "&#x27;")


def test_news_tell_what_others_typed_since(one, other, meeting, item):
    note(other, meeting, item.uid, "Neuf")
    told = one.get(at("minutes_news", meeting.uid), {str(item.uid): 0, "opening": 0, "closing": 0, "summary": 0}).json()
    assert told["texts"] == {str(item.uid): {"revision": 1, "text": "Neuf"}}
    told = one.get(at("minutes_news", meeting.uid), {str(item.uid): 1, "opening": 0, "closing": 0, "summary": 0}).json()
    assert told["texts"] == {}


def test_typing_leaves_one_line_of_audit_in_a_while(one, meeting, item):
    for revision in range(4):
        note(one, meeting, item.uid, f"Texte {revision}", revision=revision)
    assert AuditEvent.objects.filter(verb="concertation.minutes_noted").count() == 1


def test_decisions_and_follow_ups_are_written_under_their_item(one, meeting, item, member):
    sent = {"item": str(item.uid), "text": "On plante.", "way": "vote", "votes_for": 9, "votes_against": 1}
    one.post(at("decision_add", meeting.uid), sent)
    who = f"{member.person.name.upper()}, la ville"
    one.post(at("follow_up_add", meeting.uid), {"item": str(item.uid), "what": "Acheter", "who": who})
    decision, follow_up = Decision.objects.get(), FollowUp.objects.get()
    assert (decision.number, decision.item, decision.votes_for) == (1, item, 9)
    assert decision.decided_on == timezone.localdate(meeting.starts_at)
    assert (list(follow_up.members.all()), follow_up.who) == ([member], "la ville")
    read = page(one, meeting)
    assert "9 pour, 1 contre, 0 abstentions" in read
    assert f"{member.person.name}, la ville" in read


def test_a_refused_decision_comes_back_filled(one, meeting, item):
    answer = one.post(at("decision_add", meeting.uid), {"item": str(item.uid), "text": " ", "votes_for": "-3"})
    assert answer.status_code == 422
    assert not Decision.objects.exists()
    answer = one.post(at("follow_up_add", meeting.uid), {"what": "Acheter", "due_on": "demain"})
    assert answer.status_code == 422
    assert 'value="Acheter"' in answer.content.decode()
    assert "AAAA-MM-JJ" in answer.content.decode()


def test_minutes_circulate_once_to_each_member(one, reader, meeting, item, member, django_capture_on_commit_callbacks):
    make_group_member(meeting.group, end=timezone.localdate() - timedelta(days=1))
    make_decision(meeting.group, meeting=meeting, text="On plante.")
    with django_capture_on_commit_callbacks(execute=True):
        turn(one, meeting, "circulate")
        turn(one, meeting, "circulate")
    written = OutgoingMail.objects.filter(topic=f"group.{meeting.group_id}.minutes")
    assert sorted(written.values_list("to", flat=True)) == sorted(
        seat.person.user.email for seat in meeting.group.members.current()
    )
    assert "On plante." in written.first().text
    assert at("minutes", meeting.uid) in written.first().text
    answer = note(one, meeting, item.uid, "Trop tard")
    assert answer.status_code == 422
    assert "circule" in answer.json()["problem"]
    turn(one, meeting, "take_back")
    assert note(one, meeting, item.uid, "À temps").status_code == 200


def test_minutes_of_a_meeting_to_come_do_not_circulate(one, group):
    coming = make_meeting(group)
    answer = turn(one, coming, "circulate")
    assert answer.status_code == 422
    assert "pas encore commencé" in answer.content.decode()


def circulating(one, meeting, item):
    note(one, meeting, item.uid, "On plante dix arbres.")
    turn(one, meeting, "circulate")


def test_an_amendment_changes_the_text_before_and_after_the_adoption(one, reader, meeting, item):
    circulating(one, meeting, item)
    reader.post(at("amendment_new", meeting.uid), {"item": str(item.uid), "text": "C'était douze arbres."})
    amendment = Amendment.objects.get()
    adopted = {"on": timezone.localdate().isoformat()}
    assert "attend une réponse" in turn(one, meeting, "adopt", **adopted).content.decode()
    answering = at("amendment_answer", meeting.uid, amendment.uid)
    assert one.post(answering, {"do": "decline"}).status_code == 422  # a reason is owed
    one.post(answering, {"do": "accept", "new_text": "On plante douze arbres."})
    item.refresh_from_db()
    amendment.refresh_from_db()
    assert (item.notes, amendment.before) == ("On plante douze arbres.", "On plante dix arbres.")
    next_one = make_meeting(meeting.group, days=-0.1, title="Rencontre de juin")
    turn(one, meeting, "adopt", **adopted, adopted_in=next_one.pk)
    read = page(reader, meeting)
    assert "Rencontre de juin" in read
    assert note(one, meeting, item.uid, "Autre chose").status_code == 422
    assert one.post(at("decision_add", meeting.uid), {"text": "Après"}).status_code == 422
    assert turn(one, meeting, "take_back").status_code == 422
    reader.post(at("amendment_new", meeting.uid), {"item": str(item.uid), "text": "Treize."})
    later = Amendment.objects.get(state="proposed")
    one.post(at("amendment_answer", meeting.uid, later.uid), {"do": "accept", "new_text": "On plante treize arbres."})
    item.refresh_from_db()
    assert item.notes == "On plante treize arbres."
    assert not NoteVersion.objects.exists()


@pytest.mark.parametrize(("days", "words"), [(1, "avenir"), (-9, "précède")])
def test_a_day_of_adoption_that_cannot_be_is_refused(one, meeting, item, days, words):
    circulating(one, meeting, item)
    answer = turn(one, meeting, "adopt", on=(timezone.localdate() + timedelta(days=days)).isoformat())
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Minutes.objects.get().state == "circulated"


def test_the_account_is_public_when_the_group_wants_and_names_nobody(one, client, meeting, item, member):
    address = at("minutes_public", meeting.uid)
    assert turn(one, meeting, "publish").status_code == 422  # no account yet
    note(one, meeting, "summary", f"Merci à {member.person.name}. On plante.")
    answer = turn(one, meeting, "publish")
    assert answer.status_code == 422
    assert member.person.name in answer.content.decode()
    assert client.get(address).status_code == 404
    note(one, meeting, "summary", "On plante.", base=f"Merci à {member.person.name}. On plante.")
    turn(one, meeting, "publish")
    meeting.attendances.create(person=member.person, name=member.person.name)
    make_follow_up(meeting.group, [member], meeting=meeting, item=item)
    read = client.get(address).content.decode()
    assert "On plante." in read
    assert member.person.name not in read
    sheet = client.get(at("group_sheet", meeting.group.slug)).content.decode()
    assert address in sheet
    turn(one, meeting, "withdraw")
    assert client.get(address).status_code == 404


def test_the_files_say_what_the_page_says(one, reader, meeting, item):
    from docx import Document

    note(one, meeting, item.uid, "Ligne un\nЛиния #let x = 1 \x0b")
    make_decision(meeting.group, meeting=meeting, item=item, text="On plante.")
    pdf = reader.get(at("minutes_pdf", meeting.uid))
    assert pdf.content.startswith(b"%PDF")
    assert b"pdfuaid" in pdf.content
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    docx = reader.get(at("minutes_docx", meeting.uid))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(docx.content)).paragraphs)
    for words in ("Rencontre de mai", "1. Le jardin", "Линия #let x = 1", "Décision 1 : On plante."):
        assert words in text


def test_the_next_agenda_starts_with_what_waits(group, meeting, item):
    settled = make_agenda_item(meeting, kind="decision")
    make_decision(group, meeting=meeting, item=settled)
    make_follow_up(group)
    coming = make_meeting(group)
    own = make_agenda_item(coming, title="Accueil")
    for _time in range(2):
        start_agenda(meeting=coming)
    titles = list(coming.items.order_by("position").values_list("title", flat=True))
    assert titles == ["Suivis de la dernière rencontre", "Le jardin", "Accueil"]
    assert coming.items.get(title="Le jardin").carried_from == item
    assert own.meeting == coming
    after = make_meeting(group, days=30)
    assert start_agenda(meeting=after) == []


def test_the_page_costs_the_same_with_many_lines(one, meeting, item, member, django_assert_max_num_queries):
    page(one, meeting)
    for _time in range(30):
        another = make_agenda_item(meeting, led_by=member)
        make_decision(meeting.group, meeting=meeting, item=another)
        make_follow_up(meeting.group, [member], meeting=meeting, item=another)
    with django_assert_max_num_queries(14):
        page(one, meeting)


def test_late_follow_ups_are_chased_once_a_week(group, member, secretary, django_capture_on_commit_callbacks):
    day = timezone.localdate() - timedelta(days=1)
    late = make_follow_up(group, [member], due_on=day, what="Appeler la ville")
    make_follow_up(group, [secretary], due_on=day, state="done")
    make_follow_up(group, [secretary], due_on=timezone.localdate() + timedelta(days=3))
    left = make_group_member(group, end=day)
    make_follow_up(group, [left], due_on=day)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind", stdout=io.StringIO())
        call_command("remind", stdout=io.StringIO())
    sent = [message for message in mail.outbox if "Appeler la ville" in message.body]
    assert [message.to for message in sent] == [[member.person.user.email]]
    assert OutgoingMail.objects.filter(topic=f"group.{group.pk}.follow_ups").count() == 1
    FollowUp.objects.filter(pk=late.pk).update(reminded_at=timezone.now() - timedelta(days=8))
    OutgoingMail.objects.all().delete()
    call_command("remind", stdout=io.StringIO())
    assert OutgoingMail.objects.filter(topic=f"group.{group.pk}.follow_ups").count() == 1
