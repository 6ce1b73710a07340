"""« Mes suivis », the receiver's page, the page of the code and the figures, by HTTP, without script."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.journal.models import ReferralLink
from tests.factories import make_member, make_organization, make_referral

pytestmark = pytest.mark.django_db
LIST = reverse("journal:follow_ups")


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


@pytest.fixture
def referral(program, worker):
    return due(program, worker)


@pytest.fixture(autouse=True)
def codes_are_forgotten():
    cache.clear()
    yield
    cache.clear()


def due(program, worker, days=0, **fields):
    organization = fields.pop("organization", None) or make_organization(name="Comptoir inventé")
    day = timezone.localdate() - timedelta(days=days)
    return make_referral(program, worker, due_on=day, organization=organization, **fields)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def at(name, referral, **more):
    return reverse(f"journal:{name}", kwargs={"uid": referral.uid, **more})


def test_an_empty_list_says_what_will_be_there(client):
    assert "Rien à suivre" in text_of(client.get(LIST))
    assert "Aucune boucle fermée" in text_of(client.get(f"{LIST}?quoi=fermees"))


def test_the_list_shows_what_is_late_first_and_only_mine(client, program, worker):
    due(program, worker, organization=make_organization(name="Aujourd'hui même"))
    due(program, worker, days=3, organization=make_organization(name="Trois jours"))
    due(program, worker, days=-5, organization=make_organization(name="Plus tard"))
    due(program, make_member(program), organization=make_organization(name="Celle d'une autre"))
    make_referral(program, worker, organization=make_organization(name="Information donnée"))
    page = text_of(client.get(LIST))
    places = [page.index(name) for name in ("Trois jours", "Aujourd'hui même", "Plus tard")]
    assert places == sorted(places)
    assert "En retard de 3 jours" in page
    assert "À faire aujourd'hui" in page
    assert "<strong>2</strong> suivis sont à faire maintenant" in page
    assert "Celle d'une autre" not in page
    assert "Information donnée" not in page
    assert "Celle d'une autre" in text_of(client.get(f"{LIST}?qui=equipe"))


def test_one_tap_closes_the_loop_and_one_undoes_it(client, referral):
    answer = client.post(at("follow_up_note", referral), {"do": "obtained", "seen": "given", "from": "list"})
    assert answer.headers["Location"] == f"{LIST}?fait={referral.uid}"
    page = text_of(client.get(answer.headers["Location"]))
    assert "<strong>Service obtenu</strong>" in page
    assert "Comptoir inventé" in text_of(client.get(f"{LIST}?quoi=fermees"))
    again = client.post(at("follow_up_undo", referral), {"seen": "obtained", "from": "list"})
    assert "Comptoir inventé" in text_of(client.get(again.headers["Location"]))
    referral.refresh_from_db()
    assert referral.state == "given"


@pytest.mark.parametrize("button", ["obtained", "waiting", "refused:full", "not_reached", "abandoned"])
def test_every_button_of_the_list_is_there_and_works(client, referral, button):
    assert f'value="{button}"' in text_of(client.get(LIST))
    client.post(at("follow_up_note", referral), {"do": button, "seen": "given", "from": "list"})
    referral.refresh_from_db()
    assert f"{referral.state}:{referral.barrier}".rstrip(":") == button


def test_where_one_came_from_is_kept_and_nothing_else(client, referral):
    sent = {"do": "waiting", "from": "list", "qui": "equipe", "page": "2", "next": "https://ailleurs.exemple.test"}
    where = client.post(at("follow_up_note", referral), sent).headers["Location"]
    assert where == f"{LIST}?qui=equipe&page=2&fait={referral.uid}"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "refused"}, "Dites pourquoi"),
        ({"do": "refused:zzz"}, "dans la liste"),
        ({"do": "zzz"}, "réponses proposées"),
        ({}, "réponses proposées"),
        ({"do": "proposed", "proposed_on": "demain"}, "ne se lit pas"),
        ({"do": "proposed", "proposed_on": "2001-01-01"}, "passée"),
        ({"do": "obtained", "note": "M. Tremblay est venu"}, "Retirez ce qui dit"),
        ({"do": "obtained", "note": "x" * 400}, "300 caractères"),
    ],
)
def test_bad_answers_get_a_sentence_and_write_nothing(client, referral, sent, words):
    assert words in text_of(client.post(at("follow_up_note", referral), sent), 400)
    assert not referral.events.exists()


def test_two_colleagues_at_once(client, program, sign_in, referral):
    other = sign_in(make_member(program).user)
    other.post(at("follow_up_note", referral), {"do": "waiting", "seen": "given"})
    answer = client.post(at("follow_up_note", referral), {"do": "obtained", "seen": "given"})
    assert "a changé entre-temps" in text_of(answer, 409)
    assert referral.events.count() == 1


def test_the_reminder_is_chosen_on_the_page(client, referral):
    day = timezone.localdate() + timedelta(days=4)
    client.post(at("follow_up_postpone", referral), {"due_on": day.isoformat()})
    referral.refresh_from_db()
    assert referral.due_on == day
    assert "passée" in text_of(client.post(at("follow_up_postpone", referral), {"due_on": "2001-01-01"}), 400)
    client.post(at("follow_up_postpone", referral), {"due_on": ""})
    assert "pas de rappel" in text_of(client.get(at("follow_up", referral)))


def transmitted(client, referral, **more):
    """The path of the receiver's page after the worker sent it."""
    answer = client.post(at("transmit", referral), {"email": "", "agreed": "on", **more})
    found = re.search(r"https?://testserver(/reference/[\w-]{43}/)", text_of(answer))
    assert found
    return found.group(1)


def test_nothing_leaves_without_agreement(client, referral):
    answer = client.post(at("transmit", referral), {"email": "accueil@exemple.test"})
    assert "sans l'accord de la personne" in text_of(answer, 400)
    assert mail.outbox == []


def test_a_bad_email_stays_in_the_form(client, referral):
    page = text_of(client.post(at("transmit", referral), {"email": "pas bon", "agreed": "on"}), 400)
    assert "nom@exemple.org" in page
    assert 'value="pas bon"' in page


def test_the_emails_of_the_directory_are_proposed(client, program, worker):
    found = due(program, worker, organization=make_organization(email="accueil@exemple.test"))
    assert 'value="accueil@exemple.test"' in text_of(client.get(at("transmit", found)))


def test_the_receiver_accepts_then_closes_without_account(client, referral):
    path, outside = transmitted(client, referral), Client()
    page = text_of(outside.get(path))
    assert referral.code in page
    assert "Aide alimentaire" in page
    answer = outside.post(path, {"do": "accepted", "seen": "sent"})
    assert answer.headers["Location"] == f"{path}?note=1"
    assert "C'est noté" in text_of(outside.get(answer.headers["Location"]))
    assert "Merci" in text_of(outside.post(path, {"do": "obtained"}))
    for again in (outside.get(path), outside.post(path, {"do": "obtained"})):
        assert "Ce lien n'ouvre plus" in text_of(again, 410)
    history = text_of(client.get(at("follow_up", referral)))
    assert history.count("dit de l'extérieur") == 2


def test_the_receiver_refuses_with_a_reason(client, referral):
    path, outside = transmitted(client, referral), Client()
    assert "Dites pourquoi" in text_of(outside.post(path, {"do": "refused"}), 400)
    assert "Plus de place" in text_of(outside.post(path, {"do": "refused", "barrier": "full"}))


def test_what_a_receiver_writes_names_nobody_and_is_never_code(client, referral):
    path, outside = transmitted(client, referral), Client()
    page = text_of(outside.post(path, {"do": "refused", "barrier": "full", "note": "Madame Gagnon"}), 400)
    assert "Retirez ce qui dit qui" in page
    outside.post(path, {"do": "proposed", "proposed_on": f"{timezone.localdate()}", "note": "<script>x</script>"})
    assert "<script>x" not in text_of(client.get(at("follow_up", referral)))


@pytest.mark.parametrize("closing", ["expired", "revoked", "unknown"])
def test_links_that_do_not_open_say_it_gently(client, referral, closing):
    path = transmitted(client, referral)
    link = ReferralLink.objects.get()
    if closing == "expired":
        ReferralLink.objects.update(expires_at=timezone.now())
    elif closing == "revoked":
        client.post(at("revoke_link", referral, pk=link.pk))
    else:
        path = reverse("journal:receiver", args=["a" * 43])
    for answer in (Client().get(path), Client().post(path, {"do": "accepted"})):
        page = text_of(answer, 404 if closing == "unknown" else 410)
        assert "Ce lien n'ouvre plus" in page
        assert referral.code not in page


def test_a_receivers_page_goes_nowhere_and_stays_nowhere(client, referral):
    answer = Client(enforce_csrf_checks=True).get(transmitted(client, referral))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_receiver_without_cookies_answers(client, referral):
    """A page without referrer sends no origin that could be checked: the token alone lets in."""
    outside = Client(enforce_csrf_checks=True)
    answer = outside.post(transmitted(client, referral), {"do": "accepted"}, headers={"Origin": "null"})
    assert answer.status_code == 302


def test_a_guess_of_another_referrals_link_takes_nothing_back(client, program, sign_in, referral):
    transmitted(client, referral)
    other = due(program, make_member(program))
    link = ReferralLink.objects.get()
    assert client.post(at("revoke_link", other, pk=link.pk)).status_code == 404
    assert client.post(at("revoke_link", referral, pk=10**17)).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def by_code(code, **more):
    return Client().post(reverse("journal:code"), {"code": code, **more})


def test_the_code_opens_as_it_is_dictated(referral):
    for typed in (referral.code, referral.code.lower().replace("-", " "), referral.code.replace("0", "O")):
        page = text_of(by_code(typed))
        assert "Comptoir inventé" in page
        assert "Aide alimentaire" not in page  # the need is nobody's who finds a slip
        assert "Camille" not in page


def test_the_code_stands_ready_in_the_form_of_an_address(referral):
    answer = Client().get(f"{reverse('journal:code')}?code={referral.code}")
    page = text_of(answer)
    assert f'value="{referral.code}"' in page
    assert "Comptoir inventé" not in page


def test_whoever_holds_the_code_says_what_happened(client, referral):
    assert "Dites pourquoi" in text_of(by_code(referral.code, do="refused"), 400)
    page = text_of(by_code(referral.code, do="refused", barrier="cost"))
    assert "Merci, c'est noté" in page
    referral.refresh_from_db()
    assert (referral.state, referral.barrier) == ("refused", "cost")
    assert "Avec le code" in text_of(client.get(at("follow_up", referral)))
    assert "Qu'est-il arrivé" not in text_of(by_code(referral.code))


@pytest.mark.parametrize("typed", ["", "0000-0000", "n'importe quoi", "' OR 1=1 --", "é" * 40])
def test_an_unknown_code_is_said(referral, typed):
    assert "Aucune référence en cours" in text_of(by_code(typed), 404)


def test_an_old_code_opens_nothing(program, worker):
    old = make_referral(program, worker, date=timezone.localdate() - timedelta(days=181))
    assert "Aucune référence en cours" in text_of(by_code(old.code), 404)


def test_whoever_tries_many_codes_is_asked_to_wait(referral):
    for _guess in range(20):
        assert by_code("0000-0000").status_code == 404
    assert "attendez dix minutes" in text_of(by_code(referral.code), 429)


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("address", ["", "?qui=equipe", "?quoi=fermees", "?page=2"])
def test_the_list_keeps_its_budget(client, program, worker, count, address):
    for place in range(count):
        due(program, worker, days=place, state="refused" if "fermees" in address else "given")
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(LIST + address)
    assert len(queries) <= 12
    assert len(answer.content) < 60_000


def test_figures_of_loops(client, program, worker, as_role):
    day = timezone.localdate() - timedelta(days=20)

    def closed(state, days, barrier="", **fields):
        at_once = timezone.now() - timedelta(days=20 - days)
        make_referral(program, worker, date=day, state=state, barrier=barrier, state_at=at_once, **fields)

    closed("obtained", 4)
    closed("obtained", 10)
    closed("refused", 6, "full", need="transport")
    make_referral(program, worker, date=day, due_on=day)
    make_referral(program, worker, date=day, state="waiting", state_at=timezone.now(), due_on=day)
    make_referral(program, worker, date=day, kind="information")
    page = text_of(client.get(reverse("journal:loop_figures")))
    assert "3 sur 5 références suivies" in page
    assert "2 sur 3 boucles fermées" in page
    assert '<span class="figure-value">6</span> jours' in page
    assert "6 références en tout" in page
    assert "Plus de place" in page
    line = re.search(r'<th scope="row">Aide alimentaire</th>(.*?)</tr>', page, re.S)
    assert line
    assert [cell.strip() for cell in re.findall(r"<td>([^<]*)", line.group(1))][:4] == ["5", "4", "2", "7 j"]
    file = b"".join(client.get(reverse("journal:loop_figures_file")).streaming_content).decode()
    assert "Ensemble;Toutes les références;6;5;3;0,6;2;1;1;0;0;6" in file
    assert "Obstacles;Plus de place;1" in file
    later = client.get(f"{reverse('journal:loop_figures')}?du={timezone.localdate()}")
    assert "Aucune référence suivie" in text_of(later)
    assert "ne se lit pas" in text_of(client.get(f"{reverse('journal:loop_figures')}?du=hier"))


@pytest.mark.parametrize("count", [3, 30])
def test_figures_keep_their_budget(client, program, worker, count):
    for place in range(count):
        due(program, worker, state="obtained", organization=make_organization(name=f"Organisme {place}"))
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("journal:loop_figures"))
    assert len(queries) <= 12
    assert len(answer.content) < 60_000


def test_the_day_says_what_waits(client, referral):
    assert "1 référence attend que vous preniez des nouvelles" in text_of(client.get("/"))


def test_the_bar_of_a_team_and_of_a_partner(client, as_role, program):
    def bar(page):
        return re.findall(r"<span>([^<]+)</span></a>", page[page.index('class="bottombar"') :])[:5]

    assert bar(text_of(client.get("/"))) == ["Accueil", "Suivis", "Inscrire", "Groupes", "Plus"]
    assert bar(text_of(as_role(program, "partner").get("/"))) == ["Accueil", "Groupes", "Plus"]


def test_the_command_reminds(worker, referral, capsys):
    from django.core.management import call_command

    call_command("remind")
    assert len(mail.outbox) == 1
    assert "Rappels de suivis envoyés : 1" in capsys.readouterr().out.replace("\xa0", " ")
