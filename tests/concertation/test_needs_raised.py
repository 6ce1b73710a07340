"""Needs that a programme raises: a group takes one up, the journal hears what came of it; and what needs rest on."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from maillage.concertation.models import NamedNeed, NeedEvidence
from maillage.core.models import OutgoingMail
from maillage.journal.models import RaisedNeed
from maillage.journal.services import UnmetAsked, answer_need, raise_need
from tests.factories import (
    make_entry,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_need,
    make_program,
    make_unmet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return make_group(programs=[program])


@pytest.fixture
def secretary(group):
    return make_group_member(group, "secretary")


@pytest.fixture
def raiser(program):
    return make_member(program, "coordinator").user


@pytest.fixture
def raised(program, raiser, secretary, django_capture_on_commit_callbacks):
    make_unmet(program, make_member(program), times=3)
    asked = UnmetAsked(program, {"besoin": "food"}, True, date(2016, 3, 1))
    with django_capture_on_commit_callbacks(execute=True):
        return raise_need(actor=raiser, asked=asked, statement="Il manque de l'aide alimentaire le soir.")


def take(client, group, raised):
    return client.post(reverse("concertation:raised_take", args=[group.slug, raised.uid]))


def test_who_animates_a_group_of_the_programme_is_told_once(raised, secretary):
    message = OutgoingMail.objects.get()
    assert message.to == secretary.person.user.email.lower()
    assert "aide alimentaire le soir" in message.text
    assert secretary.person.name not in message.event
    assert len(mail.outbox) == 1


def test_a_group_takes_a_raised_need_up_and_the_journal_shows_who_and_what_came(
    group, secretary, raised, raiser, sign_in
):
    client = sign_in(secretary.person.user)
    listed = client.get(reverse("concertation:raised", args=[group.slug])).content.decode()
    assert "aide alimentaire le soir" in listed
    for _time in range(2):
        answer = take(client, group, raised)
    need = NamedNeed.objects.get()
    assert answer.headers["Location"] == reverse("concertation:need", args=[need.uid])
    raised.refresh_from_db()
    assert (need.raised, need.state, raised.state, need.term) == (raised, "taken_up", "taken_up", raised.need)
    shown = sign_in(raiser).get(reverse("journal:raised_need", args=[raised.uid])).content.decode()
    assert group.name in shown
    assert "références sans réponse" in client.get(answer.headers["Location"]).content.decode()
    sent = {"state": "answered", "text": "Une popote ouvre le mardi soir.", "seen": "taken_up"}
    client.post(reverse("concertation:need_move", args=[need.uid]), sent)
    raised.refresh_from_db()
    assert raised.state == "answered"


def test_what_the_coordination_says_in_the_journal_stands_on_the_board_too(group, secretary, raised, raiser, sign_in):
    take(sign_in(secretary.person.user), group, raised)
    answer_need(actor=raiser, need=raised, state="closed")
    need = NamedNeed.objects.get()
    assert need.state == "set_aside"
    assert need.steps.count() == 2


def test_a_need_has_one_group(group, secretary, program, raised, sign_in):
    take(sign_in(secretary.person.user), group, raised)
    other = make_group(programs=[program])
    animating = sign_in(make_group_member(other, "facilitator").person.user)
    page = animating.post(
        reverse("concertation:raised_take", args=[other.slug, raised.uid]), follow=True
    ).content.decode()
    assert "Un autre groupe porte déjà ce besoin." in page
    assert NamedNeed.objects.count() == 1


def test_a_group_outside_the_programme_neither_reads_nor_takes_it(raised, sign_in):
    other = make_group(programs=[make_program()])
    animating = sign_in(make_group_member(other, "coordinator").person.user)
    assert take(animating, other, raised).status_code == 404
    listed = animating.get(reverse("concertation:raised", args=[other.slug])).content.decode()
    assert "aide alimentaire" not in listed
    assert RaisedNeed.objects.get().state == "open"


def test_members_who_do_not_animate_take_nothing(group, raised, sign_in):
    member = sign_in(make_group_member(group).person.user)
    assert take(member, group, raised).status_code == 403
    assert member.post(reverse("journal:raised_need", args=[raised.uid]), {"state": "closed"}).status_code == 404


def add(client, need, **given):
    return client.post(reverse("concertation:need_evidence", args=[need.uid]), given)


def test_a_need_rests_on_words_meetings_addresses_and_entries(group, program, sign_in):
    worker = make_member(program)
    make_group_member(group, user=worker.user)
    entry, meeting, need = make_entry(program, worker), make_meeting(group), make_need(group)
    client = sign_in(worker.user)
    given = {
        "words": "On attend debout tous les matins.",
        "url": "https://exemple.test/etude",
        "meeting": meeting.pk,
        "entry": f"https://maillage.test/journal/{entry.uid}/",
    }
    for _time in range(2):
        assert add(client, need, **given).status_code == 302
    assert sorted(NeedEvidence.objects.values_list("kind", flat=True)) == ["document", "entry", "meeting", "words"]
    page = client.get(reverse("concertation:need", args=[need.uid])).content.decode()
    for said in ("On attend debout", "exemple.test/etude", meeting.title, str(entry.uid)):
        assert said in page
    tenant = sign_in(make_group_member(group, capacity="tenant").person.user)
    page = tenant.get(reverse("concertation:need", args=[need.uid])).content.decode()
    assert str(entry.uid) not in page
    assert "On attend debout" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "au moins une chose"),
        ({"words": "Mme Tremblay attend."}, "Retirez ce qui dit qui est la personne"),
        ({"url": "javascript:alert(1)"}, "corriger"),
        ({"url": "pas une adresse"}, "corriger"),
    ],
)
def test_evidence_that_cannot_be_taken_comes_back_with_a_sentence(group, secretary, sign_in, given, sentence):
    answer = add(sign_in(secretary.person.user), make_need(group), **given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not NeedEvidence.objects.exists()


def test_an_entry_that_one_does_not_read_is_no_evidence(group, program, sign_in):
    entry = make_entry(program, make_member(program))
    stranger = make_member(make_program())
    make_group_member(group, user=stranger.user)
    answer = add(sign_in(stranger.user), make_need(group), entry=str(entry.uid))
    assert answer.status_code == 422
    assert "Aucune intervention que vous lisez" in answer.content.decode()


def test_evidence_is_taken_away_by_who_animates_but_not_what_the_need_came_from(group, secretary, raised, sign_in):
    client = sign_in(secretary.person.user)
    take(client, group, raised)
    need = NamedNeed.objects.get()
    add(client, need, words="On attend debout.")
    words, referrals = need.evidence.get(kind="words"), need.evidence.get(kind="referrals")
    for piece in (words, referrals):
        client.post(reverse("concertation:need_evidence_drop", args=[need.uid, piece.pk]))
    assert list(need.evidence.values_list("kind", flat=True)) == ["referrals"]


def test_the_page_of_a_need_costs_the_same_however_much_it_holds(
    group, secretary, raised, sign_in, django_assert_max_num_queries
):
    client = sign_in(secretary.person.user)
    take(client, group, raised)
    need = NamedNeed.objects.get()
    for times in (2, 20):
        for number in range(times):
            NeedEvidence.objects.create(need=need, kind="words", words=f"Parole {times} {number}")
            need.steps.create(state="taken_up", text="Suite", meeting=make_meeting(group))
        with django_assert_max_num_queries(12):
            answer = client.get(reverse("concertation:need", args=[need.uid]))
        assert len(answer.content) < 60_000
