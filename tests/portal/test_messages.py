"""The page of messages of those who administer."""

import pytest

from maillage.core.models import OutgoingMail
from maillage.core.services import queue_mail
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    message = queue_mail(event="essai.1", to="ana@exemple.test", subject="Rencontre", text="Des mots pour Ana.")
    OutgoingMail.objects.update(state="refused", error="550 Inconnue")
    return message


@pytest.fixture
def administrator(sign_in):
    return sign_in(make_user(is_administrator=True))


def test_it_says_why_and_shows_no_text(refused, administrator):
    page = administrator.get("/administration/courriels/?etat=refused").content.decode()
    assert "550 Inconnue" in page
    assert "ana@exemple.test" in page
    assert "Des mots pour Ana" not in page
    assert "Aucun courriel" in administrator.get("/administration/courriels/?etat=sent").content.decode()


def test_a_refused_message_is_sent_again(refused, administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/administration/courriels/{refused.pk}/renvoyer/")
    refused.refresh_from_db()
    assert (refused.state, refused.error) == ("sent", "")
    answer = administrator.post(f"/administration/courriels/{refused.pk}/renvoyer/", follow=True)
    assert "rien à renvoyer" in answer.content.decode()


def test_words_that_are_gone_are_not_sent(refused, administrator):
    OutgoingMail.objects.update(text="")
    answer = administrator.post(f"/administration/courriels/{refused.pk}/renvoyer/", follow=True)
    assert "plus gardé" in answer.content.decode().replace("n&#x27;", "n'")
    refused.refresh_from_db()
    assert refused.state == "refused"


def test_the_page_asks_as_little_for_thirty_as_for_three(administrator, django_assert_max_num_queries):
    for number in range(45):
        queue_mail(event=f"essai.{number}", to="ana@exemple.test", subject="Rencontre", text="x" * 5000)
    with django_assert_max_num_queries(12):
        answer = administrator.get("/administration/courriels/")
    assert len(answer.content) < 60_000
