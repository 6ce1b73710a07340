"""The door: failed sign-ins are counted for all server processes, mail is in plain words, one's account is one's own."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from maillage.core.shared_cache import SharedFileCache
from tests.factories import make_user
from tests.factories.people import PASSWORD

LIMITS = {"login_failed": "20/m/ip,5/5m/key", "login": "60/m/ip"}


@pytest.fixture
def limits(settings: Any, tmp_path: Path) -> None:
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    backend = "maillage.core.shared_cache.SharedFileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}


def _try(client: Client, email: str, password: str) -> Any:
    return client.post("/compte/connexion/", {"login": email, "password": password})


@pytest.mark.django_db
def test_the_sixth_try_is_refused_even_with_the_right_password(client: Client, limits: None) -> None:
    user = make_user()
    for _ in range(5):
        assert "ne vont pas ensemble" in _try(client, user.email, "pas celui-là").content.decode()
    answer = _try(client, user.email, PASSWORD)
    assert "Trop d'essais" in answer.content.decode().replace("&#x27;", "'")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_limit_of_an_address_has_its_page(client: Client, limits: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**LIMITS, "reset_password": "2/m/ip"}
    answers = [client.post("/compte/mot-de-passe/oublie/", {"email": "x@demo.maillage.test"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Trop d'essais de suite" in answers[-1].content.decode()


def _first(folder: str) -> int:
    cache = SharedFileCache(folder, {})
    return sum(cache.add(f"key-{number}", True) for number in range(200))


def test_only_one_process_wins_a_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        won = list(pool.map(_first, [str(tmp_path)] * 3))
    assert sum(won) == 200


@pytest.mark.django_db
def test_a_lost_password_is_replaced_by_a_link(client: Client) -> None:
    user = make_user()
    client.post("/compte/mot-de-passe/oublie/", {"email": user.email})
    (message,) = mail.outbox
    assert message.subject == "Choisir un autre mot de passe"
    assert "Bonjour," in message.body
    assert "&" not in message.body
    link = next(line for line in message.body.splitlines() if line.startswith("http")).split("testserver")[1]
    page = client.get(link, follow=True)
    new = "trois mots et un caillou"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert Client().login(email=user.email, password=new)
    assert "a changé" in mail.outbox[-1].body


@pytest.mark.django_db
def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    answer = client.post("/compte/mot-de-passe/oublie/", {"email": "personne@demo.maillage.test"})
    assert answer.status_code == 302
    assert mail.outbox == []


@pytest.mark.django_db
def test_mail_is_in_the_language_of_the_person(client: Client) -> None:
    user = make_user(language="en")
    client.post("/compte/mot-de-passe/oublie/", {"email": user.email}, headers={"cookie": "django_language=fr-ca"})
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_one_changes_one_s_own_name_and_language(sign_in: Any) -> None:
    user = make_user()
    client = sign_in(user)
    answer = client.post("/compte/", {"full_name": "  Ariane Inventée ", "language": "en"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.language) == ("Ariane Inventée", "en")
    assert client.get("/").headers["Content-Language"] == "en-CA"


@pytest.mark.django_db
def test_a_name_cannot_be_emptied(sign_in: Any) -> None:
    user = make_user()
    answer = sign_in(user).post("/compte/", {"full_name": " ", "language": "fr-ca"})
    assert "Ce champ est obligatoire" in answer.content.decode()
    user.refresh_from_db()
    assert user.full_name


@pytest.mark.django_db
def test_the_browser_s_own_language_is_not_asked(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en"}).headers["Content-Language"] == "fr-CA"
    client.post("/compte/affichage/", {"language": "en", "next": "/"})
    assert client.get("/").headers["Content-Language"] == "en-CA"


@pytest.mark.django_db
def test_display_never_leads_outside(client: Client) -> None:
    answer = client.post("/compte/affichage/", {"theme": "dark", "next": "https://ailleurs.invalid/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["theme"]["samesite"] == "Lax"


@pytest.mark.django_db
def test_an_exchange_after_the_session_ended_moves_the_whole_page_to_the_door(client: Client) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/journal/?page=2"}
    answer = client.get("/compte/", headers=headers)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["HX-Redirect"] == "/compte/connexion/?next=%2Fjournal%2F%3Fpage%3D2"
