"""What goes wrong has a page in French, a way out, and keeps what was typed."""

from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client

from tests.factories import make_user

WRITE = "maillage.accounts.views.profile.change_profile"


def _send(client: Client, error: Exception) -> Any:
    client.raise_request_exception = False
    with mock.patch(WRITE, side_effect=error):
        return client.post("/compte/", {"full_name": "Ariane <b>", "language": "fr-ca"})


@pytest.mark.django_db
def test_a_locked_database_keeps_what_was_typed_and_sends_it_again(sign_in: Any) -> None:
    answer = _send(sign_in(make_user()), OperationalError("database is locked"))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert '<input type="hidden" name="full_name" value="Ariane &lt;b&gt;">' in text
    assert 'action="/compte/"' in text


@pytest.mark.django_db
def test_a_full_disk_is_a_storage_trouble(sign_in: Any) -> None:
    assert _send(sign_in(make_user()), OSError(28, "No space left on device")).status_code == 503


@pytest.mark.django_db
def test_an_unforeseen_error_shows_what_was_typed(sign_in: Any) -> None:
    answer = _send(sign_in(make_user()), RuntimeError("unforeseen"))
    assert answer.status_code == 500
    assert "Ariane &lt;b&gt;" in answer.content.decode()
    assert "unforeseen" not in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_its_sentence(sign_in: Any) -> None:
    answer = _send(sign_in(make_user()), PermissionDenied("Cette action revient à la coordination."))
    assert answer.status_code == 403
    assert "Cette action revient à la coordination." in answer.content.decode()


@pytest.mark.django_db
def test_a_database_that_is_gone_has_its_page_even_outside_of_a_view(sign_in: Any) -> None:
    client = sign_in(make_user())
    client.raise_request_exception = False
    path = "maillage.accounts.middleware.LanguageMiddleware.language_of"
    with mock.patch(path, side_effect=OperationalError("connection refused")):
        assert client.get("/").status_code == 503


@pytest.mark.django_db
def test_an_old_form_is_not_taken_and_shows_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/compte/connexion/", {"login": "a@demo.maillage.test", "password": "secret secret"})
    assert answer.status_code == 403
    assert "a@demo.maillage.test" in answer.content.decode()
    assert "secret secret" not in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_leads_nowhere(client: Client) -> None:
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Page introuvable" in answer.content.decode()
