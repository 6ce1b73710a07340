"""The register of decisions and the follow-ups of groups, through their pages and files."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Decision, FollowUp
from maillage.core.models import AuditEvent
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.concertation_minutes import make_decision, make_follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def member(group):
    return make_group_member(group)


@pytest.fixture
def reader(sign_in, member):
    return sign_in(member.person.user)


@pytest.fixture
def keeper(sign_in, group):
    return sign_in(make_group_member(group, "secretary").person.user)


def at(name, *arguments):
    return reverse(f"concertation:{name}", args=arguments)


def read(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_decisions_are_numbered_within_their_group(keeper, group):
    for words in ("Une", "Deux"):
        keeper.post(at("decision_new", group.slug), {"text": words, "decided_on": "2026-05-01"})
    make_decision(make_group())
    assert list(group.decisions.order_by("number").values_list("number", "text")) == [(1, "Une"), (2, "Deux")]


def test_the_register_is_searched_filtered_and_taken_as_a_file(reader, group):
    first = make_decision(group, text="On plante à l'été", decided_on="2025-05-01")
    second = make_decision(group, text="=SOMME(A1)", decided_on="2026-05-01")
    Decision.objects.filter(pk=first.pk).update(replaced_by=second)
    address = at("decisions", group.slug)
    assert "On plante" in read(reader, address, q="ETE plante")
    assert "On plante" not in read(reader, address, q="hiver")
    assert "On plante" not in read(reader, address, annee="2026")
    assert "On plante" not in read(reader, address, etat="tient")
    assert "remplacée par la décision 2" in read(reader, address, etat="remplacee")
    assert "On plante" in read(reader, address, annee="abc", etat="?", page="99")
    file = read(reader, at("decisions_file", group.slug))
    assert "'=SOMME(A1)" in file
    assert file.count("\r\n") == 3


def test_a_decision_is_replaced_by_a_later_one_only(keeper, group):
    first, second = make_decision(group), make_decision(group)
    elsewhere = make_decision(make_group())
    keeper.post(at("decision", first.uid), {"do": "replace", "replaced_by": second.pk})
    first.refresh_from_db()
    assert first.replaced_by == second
    for decision, by in ((second, first), (first, elsewhere)):
        assert keeper.post(at("decision", decision.uid), {"do": "replace", "replaced_by": by.pk}).status_code == 422
    assert AuditEvent.objects.filter(verb="concertation.decision_replaced").count() == 1


def test_a_decision_is_corrected_and_taken_back_while_its_minutes_are_a_draft(keeper, group):
    meeting = make_meeting(group, days=-1)
    decision = make_decision(group, meeting=meeting, way="vote", votes_for=3)
    sent = {"do": "edit", "text": "Mieux dit", "way": "consensus", "votes_for": 3, "decided_on": "2026-05-01"}
    keeper.post(at("decision", decision.uid), sent)
    decision.refresh_from_db()
    assert (decision.text, decision.votes_for) == ("Mieux dit", None)
    keeper.post(at("minutes_turn", meeting.uid), {"do": "circulate"})
    assert keeper.post(at("decision", decision.uid), sent | {"text": "Trop tard"}).status_code == 422
    keeper.post(at("decision_remove", decision.uid))
    assert Decision.objects.count() == 1
    keeper.post(at("minutes_turn", meeting.uid), {"do": "take_back"})
    keeper.post(at("decision_remove", decision.uid))
    assert not Decision.objects.exists()


def test_who_promised_says_done_in_one_tap_and_undoes_it(reader, group, member):
    follow_up = make_follow_up(group, [member], what="Appeler")
    mine = at("my_follow_ups")
    assert "Appeler" in read(reader, mine)
    answer = reader.post(at("follow_up_mark", follow_up.uid), {"do": "done", "seen": "open", "from": "mine"})
    shown = read(reader, answer.headers["Location"])
    assert "Annuler" in shown
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.done_on) == ("done", timezone.localdate())
    reader.post(at("follow_up_mark", follow_up.uid), {"do": "open", "seen": "done", "from": "mine"})
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.done_on) == ("open", None)


def test_what_somebody_else_said_meanwhile_is_not_written_over(reader, group, member):
    follow_up = make_follow_up(group, [member], state="dropped")
    reader.post(at("follow_up_mark", follow_up.uid), {"do": "done", "seen": "open"})
    follow_up.refresh_from_db()
    assert follow_up.state == "dropped"


def test_only_who_promised_or_animates_marks_a_follow_up(reader, keeper, group):
    follow_up = make_follow_up(group)
    address = at("follow_up_mark", follow_up.uid)
    assert reader.post(address, {"do": "done"}).status_code == 403
    assert "Fait<" not in read(reader, at("follow_ups", group.slug))
    assert keeper.post(address, {"do": "done"}).status_code == 302


def test_two_who_change_a_follow_up_do_not_write_over_each_other(keeper, group, member):
    follow_up = make_follow_up(group, what="Avant")
    sent = {"what": "Après", "who": member.person.name, "due_on": "2026-12-01", "revision": 0}
    keeper.post(at("follow_up", follow_up.uid), sent)
    assert list(follow_up.members.all()) == [member]
    answer = keeper.post(at("follow_up", follow_up.uid), sent | {"what": "Encore"})
    assert answer.status_code == 422
    assert FollowUp.objects.get().what == "Après"


def test_the_list_tells_what_is_late_and_who_left(reader, group):
    gone = make_group_member(group, end=timezone.localdate() - timedelta(days=2))
    make_follow_up(group, [gone], due_on=timezone.localdate() - timedelta(days=1), what="Rappeler")
    make_follow_up(group, state="done", what="Fini", outcome="Réglé")
    shown = read(reader, at("follow_ups", group.slug))
    assert "En retard" in shown
    assert "n&#x27;est plus membre" in shown.replace("'", "&#x27;")
    assert "Fini" not in shown
    assert "Réglé" in read(reader, at("follow_ups", group.slug), etat="done")
    file = read(reader, at("follow_ups_file", group.slug), etat="done")
    assert "Fini" in file
    assert "Rappeler" not in file


@pytest.mark.parametrize("name", ["decisions", "follow_ups"])
def test_the_lists_cost_the_same_with_many_rows(reader, group, member, name, django_assert_max_num_queries):
    for _time in range(30):
        make_follow_up(group, [member])
        make_decision(group, meeting=make_meeting(group, days=-1))
    with django_assert_max_num_queries(12):
        assert len(read(reader, at(name, group.slug)).encode()) < 60_000
