"""The choice of language and theme: free of tokens without an account, guarded with one."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_visitor_chooses_a_language_without_a_token() -> None:
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get("/")
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert not page.cookies
    answer = visitor.post("/compte/affichage/", {"language": "en", "next": "/publications/"})
    assert answer["Location"] == "/publications/"
    assert "Published figures" in visitor.get("/").content.decode()


def test_a_person_s_language_is_changed_by_their_own_pages_only() -> None:
    person: Any = make_user()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/compte/affichage/", {"language": "en"}).status_code == 403
    person.refresh_from_db()
    assert person.language != "en"
