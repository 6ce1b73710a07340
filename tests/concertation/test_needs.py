"""Needs of a group: named by a member, shown on the board, written better, supported, and told what came of them."""

import pytest
from django.urls import reverse

from maillage.concertation.models import NamedNeed, NeedSupport
from maillage.core.models import AuditEvent
from tests.factories import make_group, make_group_member, make_meeting, make_need, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return make_group(programs=[program])


@pytest.fixture
def tenant(group):
    return make_group_member(group, capacity="tenant")


@pytest.fixture
def secretary(group):
    return make_group_member(group, "secretary")


def signed(sign_in, member):
    return sign_in(member.person.user)


def board(group, query=""):
    return reverse("concertation:needs", args=[group.slug]) + query


def page_of(need):
    return reverse("concertation:need", args=[need.uid])


def name(client, group, **data):
    sent = {"statement": "Il manque un banc à l'arrêt.", "named_as": "tenant", **data}
    return client.post(reverse("concertation:need_new", args=[group.slug]), sent)


def test_a_member_names_a_need_that_the_group_reads_with_its_code(group, tenant, secretary, sign_in):
    answer = name(signed(sign_in, tenant), group, details="Les aînés attendent debout.", mine="on")
    need = NamedNeed.objects.get()
    assert answer.headers["Location"] == page_of(need)
    page = signed(sign_in, secretary).get(page_of(need)).content.decode()
    assert need.code in page
    assert tenant.person.name in page
    assert "Les aînés attendent debout." in page
    assert need.statement.replace("'", "&#x27;") in signed(sign_in, secretary).get(board(group)).content.decode()
    assert AuditEvent.objects.filter(verb="concertation.need_named").count() == 1


def test_nobody_is_said_to_have_named_a_need_who_did_not_ask_to_be(group, tenant, secretary, sign_in):
    name(signed(sign_in, tenant), group)
    need = NamedNeed.objects.get()
    page = signed(sign_in, secretary).get(page_of(need)).content.decode()
    assert tenant.person.name not in page
    assert "Locataire" in page


def test_a_worker_writes_what_a_tenant_said_aloud_with_its_place_and_meeting(group, secretary, program, sign_in):
    site = make_site(program)
    group.sites.add(site)
    meeting = make_meeting(group)
    name(signed(sign_in, secretary), group, named_as="tenant", site=site.pk, meeting=meeting.pk)
    need = NamedNeed.objects.get()
    assert (need.named_as, need.site, need.meeting, need.named_by) == ("tenant", site, meeting, None)


@pytest.mark.parametrize("words", ["Mme Tremblay attend un banc.", "Appelez-moi au 418 555-0123."])
def test_words_that_say_who_is_meant_come_back_with_what_to_take_away(group, tenant, sign_in, words):
    answer = name(signed(sign_in, tenant), group, statement=words, details="À côté de la buanderie.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Retirez ce qui dit qui est la personne" in page
    assert "À côté de la buanderie." in page
    assert not NamedNeed.objects.exists()


def test_the_group_s_own_places_are_no_identity(group, secretary, program, sign_in):
    site = make_site(program, name="Villa Ginette-Tremblay")
    group.sites.add(site)
    assert (
        name(signed(sign_in, secretary), group, statement="Il manque un banc à la Villa Ginette-Tremblay.").status_code
        == 302
    )


def move(client, need, state, text="", seen=None):
    sent = {"state": state, "text": text, "seen": need.state if seen is None else seen}
    return client.post(reverse("concertation:need_move", args=[need.uid]), sent)


def test_what_came_of_a_need_is_told_step_by_step(group, secretary, sign_in):
    need, client = make_need(group), signed(sign_in, secretary)
    assert move(client, need, "taken_up", "La Ville est invitée à la prochaine rencontre.").status_code == 302
    need.refresh_from_db()
    assert move(client, need, "answered", "Le banc est posé.").status_code == 302
    need.refresh_from_db()
    assert need.state == "answered"
    assert [step.state for step in need.steps.all()] == ["taken_up", "answered"]
    page = client.get(page_of(need)).content.decode()
    assert page.index("Le banc est posé.") < page.index("La Ville est invitée")


def test_an_answer_says_why(group, secretary, sign_in):
    need = make_need(group)
    answer = move(signed(sign_in, secretary), need, "set_aside")
    assert answer.status_code == 422
    assert "Dites en quelques mots" in answer.content.decode()
    need.refresh_from_db()
    assert need.state == "open"


def test_two_who_say_the_suite_at_once_are_told(group, secretary, sign_in):
    need, client = make_need(group), signed(sign_in, secretary)
    move(client, need, "taken_up", "On s'en occupe.")
    answer = move(client, need, "set_aside", "Hors de notre portée.", seen="open")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ce besoin a changé entre-temps" in page
    assert "Hors de notre portée." in page
    assert need.steps.count() == 1


def test_the_same_suite_sent_twice_is_said_once(group, secretary, sign_in):
    need, client = make_need(group), signed(sign_in, secretary)
    for _time in range(2):
        assert move(client, need, "taken_up", "On s'en occupe.", seen="open").status_code == 302
    assert need.steps.count() == 1


def test_members_live_a_need_too_once_and_take_it_back(group, tenant, sign_in):
    need, client = make_need(group), signed(sign_in, tenant)
    address = reverse("concertation:need_support", args=[need.uid])
    for _time in range(2):
        client.post(address, {"appui": "oui"})
    assert NeedSupport.objects.get().supported_as == "tenant"
    assert "Vous le vivez aussi" in client.get(page_of(need)).content.decode()
    client.post(address, {"appui": "non"})
    assert not NeedSupport.objects.exists()


def test_the_board_finds_by_words_without_accents_and_by_who_named(group, secretary, sign_in):
    make_need(group, statement="Une halte-garderie près des logements", named_as="tenant")
    make_need(group, statement="Un comité de départ", named_as="institution")
    client = signed(sign_in, secretary)
    found = client.get(board(group, "?q=haltes+garderies")).content.decode()
    assert "halte-garderie près" in found
    assert "Un comité" not in found
    found = client.get(board(group, "?par=institution")).content.decode()
    assert "Un comité" in found
    assert "halte-garderie près" not in found


def test_what_is_still_to_be_read_is_for_those_who_animate(group, tenant, secretary, sign_in):
    need = make_need(group, state="proposed", statement="Un besoin pas encore lu")
    assert signed(sign_in, tenant).get(page_of(need)).status_code == 404
    assert signed(sign_in, secretary).get(page_of(need)).status_code == 200
    assert "pas encore lu" not in signed(sign_in, tenant).get(board(group)).content.decode()
    assert "nommé sans compte attend" in signed(sign_in, secretary).get(board(group)).content.decode()


def test_a_member_who_left_reads_no_need(group, sign_in):
    left = make_group_member(group, end="2020-01-01")
    need = make_need(group)
    assert signed(sign_in, left).get(page_of(need)).status_code == 404
    assert sign_in(make_user()).get(board(group)).status_code == 404


def test_the_board_costs_the_same_with_three_and_with_three_hundred(
    group, secretary, sign_in, django_assert_max_num_queries
):
    client = signed(sign_in, secretary)
    for times in (3, 297):
        for number in range(times):
            make_need(group, state=("open", "taken_up", "answered", "set_aside")[number % 4])
        for query in ("", "?etat=open"):
            with django_assert_max_num_queries(12):
                answer = client.get(board(group, query))
            assert len(answer.content) < 60_000
