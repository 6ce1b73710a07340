"""Needs named without account: from a poster, moderated, followed by their code, said by nobody in particular."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from maillage.concertation.models import NamedNeed, NeedStep, NeedSupport
from tests.factories import make_group, make_group_member, make_need, make_site

pytestmark = pytest.mark.django_db
FOLLOW = reverse("concertation:need_code")


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def group(program):
    return make_group(programs=[program], takes_needs=True)


@pytest.fixture
def secretary(group):
    return make_group_member(group, "secretary")


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=False)


def address(group):
    return reverse("concertation:need_public", args=[group.slug])


def send(client, group, **data):
    page = client.get(address(group)).content.decode()
    uid = re.search(r'name="uid" value="([^"]+)"', page)[1]
    sent = {"uid": uid, "statement": "Il manque un banc à l'arrêt.", "named_as": "tenant", **data}
    return client.post(address(group), sent)


def code_on(answer):
    return re.search(r"B-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.content.decode())[0]


def test_a_need_is_named_without_account_and_followed_by_its_code(group, secretary, client, sign_in):
    code = code_on(send(client, group))
    need = NamedNeed.objects.get()
    assert (need.state, need.named_by, need.code) == ("proposed", None, code)
    typed = code.lower().replace("-", " ").replace("0", "o")
    assert "va le lire" in client.post(FOLLOW, {"code": typed}).content.decode()
    signed = sign_in(secretary.person.user)
    listed = signed.get(reverse("concertation:needs_to_read", args=[group.slug])).content.decode()
    assert "Il manque un banc" in listed
    signed.post(reverse("concertation:need_read", args=[need.uid]), {"do": "welcome"})
    said = {"state": "answered", "text": "Le banc est posé.", "seen": "open"}
    signed.post(reverse("concertation:need_move", args=[need.uid]), said)
    page = client.post(FOLLOW, {"code": code}).content.decode()
    assert "Le banc est posé." in page
    assert str(secretary.person.user) not in page
    assert secretary.person.name not in page


def test_the_code_stands_in_no_address(group, client):
    answer = send(client, group)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_form_sent_twice_names_one_need(group, client):
    page = client.get(address(group)).content.decode()
    sent = {"uid": re.search(r'name="uid" value="([^"]+)"', page)[1], "statement": "Un banc.", "named_as": "tenant"}
    assert code_on(client.post(address(group), sent)) == code_on(client.post(address(group), sent))
    assert NamedNeed.objects.count() == 1
    other = client.post(address(group), sent | {"statement": "Une rampe."})
    assert other.status_code == 200
    assert NamedNeed.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"statement": "Mme Tremblay, logement 12, attend un banc."}, "Retirez ce qui dit qui est la personne"),
        ({"statement": ""}, "obligatoire"),
        ({"statement": "x" * 301}, "300"),
        ({"website": "https://exemple.test"}, "Ce champ doit rester vide"),
        ({"uid": "devine"}, "corriger"),
        ({"named_as": "king"}, "corriger"),
    ],
)
def test_what_cannot_be_taken_comes_back_filled_with_a_sentence(group, client, sent, sentence):
    answer = send(client, group, **{"details": "Près de la buanderie.", **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Près de la buanderie." in page
    assert not NamedNeed.objects.exists()


@pytest.mark.parametrize("words", ["Нужна скамейка 日本語 ✨", '<b>gras</b> & "guillemets"', "حاجة إلى مقعد"])
def test_any_script_is_taken_as_it_is_written(group, client, words):
    send(client, group, statement=words)
    assert NamedNeed.objects.get().statement == words


def test_a_group_that_takes_none_has_no_page_and_one_that_ended_shows_its_answers_only(group, client):
    closed = make_group(slug="fermee")
    assert client.get(address(closed)).status_code == 404
    assert client.post(address(closed), {}).status_code == 404
    group.state, group.is_public = "ended", True
    group.save()
    assert client.get(address(group)).status_code == 404
    make_need(group, statement="Un banc posé", state="answered", is_public=True)
    page = client.get(address(group)).content.decode()
    assert "Un banc posé" in page
    assert 'name="statement"' not in page


def test_many_from_one_address_are_asked_to_wait_and_many_codes_too(group, client):
    for _time in range(30):
        assert send(client, group).status_code == 200
    answer = send(client, group, statement="Celui de trop")
    assert answer.status_code == 429
    assert "Celui de trop" in answer.content.decode()
    assert NamedNeed.objects.count() == 30
    for _time in range(20):
        assert client.post(FOLLOW, {"code": "B-0000-0000"}).status_code == 404
    assert client.post(FOLLOW, {"code": NamedNeed.objects.first().code}).status_code == 429


def test_a_full_tray_takes_no_more(group, client):
    NamedNeed.objects.bulk_create(
        NamedNeed(group=group, statement="Un banc", code=f"B-{n:08d}", state="proposed") for n in range(200)
    )
    answer = send(client, group)
    assert answer.status_code == 422
    assert "attendent déjà" in answer.content.decode()


def test_a_need_that_is_not_kept_says_why_to_its_code_only(group, secretary, client, sign_in):
    code = code_on(send(client, group, statement="Achetez mes aspirateurs."))
    need, signed = NamedNeed.objects.get(), sign_in(secretary.person.user)
    read = reverse("concertation:need_read", args=[need.uid])
    assert signed.post(read, {"do": "decline", "text": ""}).status_code == 422
    assert signed.post(read, {"do": "decline", "text": "Ce n'est pas un besoin du milieu."}).status_code == 302
    assert "aspirateurs" not in signed.get(reverse("concertation:needs", args=[group.slug])).content.decode()
    page = client.post(FOLLOW, {"code": code}).content.decode()
    assert "pas un besoin du milieu" in page
    assert "Non retenu" in page
    member = sign_in(make_group_member(group).person.user)
    assert member.get(reverse("concertation:need", args=[need.uid])).status_code == 404
    signed.post(read, {"do": "welcome"})
    assert member.get(reverse("concertation:need", args=[need.uid])).status_code == 200


def test_only_what_the_group_shows_is_read_outside(group, client):
    make_need(group, statement="Gardé dans le groupe")
    make_need(group, statement="Pas encore lu", state="proposed", is_public=True)
    make_need(group, statement="Non retenu ici", state="set_aside", declined=True, is_public=True)
    shown = make_need(group, statement="Montré à tout le monde", is_public=True)
    NeedStep.objects.create(need=shown, state="taken_up", text="La Ville est saisie.", by_label="Nadia Sanspareille")
    page = client.get(address(group)).content.decode()
    assert "Montré à tout le monde" in page
    assert "La Ville est saisie." in page
    for hidden in ("Gardé dans le groupe", "Pas encore lu", "Non retenu ici", "Nadia Sanspareille"):
        assert hidden not in page


def test_who_lives_it_too_is_counted_once_a_browser_and_small_numbers_are_not_said(group, secretary, sign_in):
    need = make_need(group, is_public=True)
    too = reverse("concertation:need_too", args=[group.slug, need.uid])
    first = Client()
    for _time in range(3):
        page = first.post(too).content.decode()
    assert NeedSupport.objects.count() == 1
    assert "Quelques personnes le vivent aussi." in page
    assert first.cookies["besoins"].value not in NeedSupport.objects.get().key
    for _time in range(4):
        page = Client().post(too).content.decode()
    assert "5 personnes le vivent aussi." in page
    hidden = make_need(group)
    assert Client().post(reverse("concertation:need_too", args=[group.slug, hidden.uid])).status_code == 404


def test_the_poster_leads_to_the_page_of_a_place(group, secretary, program, client, sign_in):
    site = make_site(program, name="Villa du Fleuve")
    group.sites.add(site)
    poster = reverse("concertation:need_poster", args=[group.slug])
    page = sign_in(secretary.person.user).get(poster, {"milieu": str(site.uid)}).content.decode()
    assert "<svg" in page
    assert address(group) in page
    form = client.get(address(group), {"milieu": str(site.uid)}).content.decode()
    assert "Villa du Fleuve" in form
    send(client, group, milieu=str(site.uid))
    assert NamedNeed.objects.get().site == site
    elsewhere = make_site(program)
    send(client, group, statement="Une rampe.", milieu=str(elsewhere.uid))
    assert NamedNeed.objects.get(statement="Une rampe.").site is None
    assert client.get(address(group), {"milieu": "n'importe quoi"}).status_code == 200


def test_the_page_costs_the_same_with_three_and_with_thirty(group, client, django_assert_max_num_queries):
    for times in (3, 30):
        for _time in range(times):
            need = make_need(group, is_public=True)
            NeedStep.objects.create(need=need, state="open", text="Entendu.")
        with django_assert_max_num_queries(8):
            answer = client.get(address(group))
        assert len(answer.content) < 60_000
