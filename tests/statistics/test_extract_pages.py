"""The path of an extract by its pages: asked, looked at, produced, taken, refused, withdrawn."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.core.models import AuditEvent
from maillage.statistics.extraction import rows_of
from maillage.statistics.models import Extract, ExtractDelivery
from tests.factories import make_member

from .crowd import CANARY, Crowd, make_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd() -> Crowd:
    return make_crowd(250)


@pytest.fixture
def researcher(crowd: Crowd, sign_in: Any) -> Client:
    return sign_in(crowd.researcher)


@pytest.fixture
def coordinator(crowd: Crowd, sign_in: Any) -> Client:
    return sign_in(crowd.coordinator)


def _address(name: str, crowd: Crowd, extract: Extract | None = None) -> str:
    return reverse(f"statistics:{name}", args=[crowd.program.slug, *([extract.uid] if extract else [])])


def _form(**changed: Any) -> dict[str, Any]:
    return {
        "but": "Étudier l'isolement",
        "entente": "CER-2026-12",
        "de": "2013-01",
        "a": "2014-12",
        "traits": ["period", "mrc", "nature"],
        "sensibles": ["theme"],
        "echeance": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "k": "11",
        "valeurs": "2",
        "retenues": "2",
        **changed,
    }


def test_from_the_request_to_the_file(crowd: Crowd, researcher: Client, coordinator: Client) -> None:
    assert _address("extracts", crowd) in researcher.get(f"/portraits/{crowd.program.slug}/").content.decode()
    answer = researcher.post(_address("extract_new", crowd), _form(), follow=True)
    extract = Extract.objects.get()
    assert "Votre demande est envoyée" in answer.content.decode()
    assert (extract.fields, extract.researcher) == (["period", "mrc", "nature", "theme"], crowd.researcher)

    seen = coordinator.get(_address("extract_preview", crowd, extract)).content.decode()
    assert "Combinaison la plus rare" in seen
    assert CANARY not in seen.replace(f"{CANARY} ", "")
    token = re.search(r'name="lu" value="([0-9a-f]{64})"', seen)
    assert token
    page = coordinator.post(_address("extract_preview", crowd, extract), {"lu": token[1]}, follow=True)
    assert "L&#x27;extrait est produit" in page.content.decode()

    file = researcher.post(_address("extract_take", crowd, extract))
    assert file["Content-Type"] == "application/zip"
    assert file["Cache-Control"] == "no-store"
    extract.refresh_from_db()
    assert len(rows_of(file.content)) == extract.outcome["rows"]
    log = coordinator.get(_address("extract", crowd, extract)).content.decode()
    assert str(crowd.researcher) in log.partition("Journal des remises")[2]
    assert "Journal des remises" not in researcher.get(_address("extract", crowd, extract)).content.decode()


def test_reading_writes_nothing(crowd: Crowd, researcher: Client, coordinator: Client) -> None:
    made, waiting = crowd.made(), crowd.ask()
    before = AuditEvent.objects.count()
    for client in (researcher, coordinator):
        for extract in (made, waiting):
            for name in ("extract", "extract_preview", "extract_take", "extract_decide"):
                client.get(_address(name, crowd, extract))
        client.get(_address("extracts", crowd))
    assert AuditEvent.objects.count() == before
    assert not ExtractDelivery.objects.exists()
    waiting.refresh_from_db()
    assert waiting.state == "asked"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"traits": ["worker"]}, "worker"),
        ({"traits": []}, "Ce champ est obligatoire"),
        ({"de": "2012-01"}, "2012-01"),
        ({"de": "2014-06", "a": "2013-06"}, "mois terminés"),
        ({"k": "4"}, "5"),
        ({"k": "11; DROP"}, "nombre"),
        ({"retenues": "50"}, "5"),
        ({"echeance": "2040-01-01"}, "trois ans"),
        ({"echeance": "demain"}, "AAAA-MM-JJ"),
        ({"organisation": "999999"}, "choix"),
        ({"garder": "persons"}, "l&#x27;un des traits"),
        ({"but": ""}, "Ce champ est obligatoire"),
        ({"but": "x" * 1501}, "1500"),
    ],
)
def test_a_tampered_form_comes_back_with_a_sentence(
    crowd: Crowd, researcher: Client, changed: dict[str, Any], said: str
) -> None:
    answer = researcher.post(_address("extract_new", crowd), _form(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Extract.objects.exists()


def test_what_cannot_be_made_is_said_before(crowd: Crowd, coordinator: Client) -> None:
    one = crowd.program.program_sites.order_by("id").first().site
    crowd.program.entries.update(site=one)
    extract = crowd.ask()
    seen = coordinator.get(_address("extract_preview", crowd, extract)).content.decode()
    assert "moins de 3 milieux" in seen
    assert "Produire" not in seen
    page = coordinator.post(_address("extract_preview", crowd, extract), {"lu": "0" * 64}, follow=True)
    assert "moins de 3 milieux" in page.content.decode()
    extract.refresh_from_db()
    assert extract.state == "asked"


def test_refused_and_withdrawn_with_the_reason(crowd: Crowd, researcher: Client, coordinator: Client) -> None:
    waiting, made = crowd.ask(), crowd.made()
    silent = coordinator.post(_address("extract_decide", crowd, waiting), {"refuser": "1"}, follow=True)
    assert "Dites pourquoi" in silent.content.decode()
    for extract, name in ((waiting, "refuser"), (made, "retirer")):
        coordinator.post(_address("extract_decide", crowd, extract), {name: "1", "raison": "<b>Hors sujet</b>"})
        page = researcher.get(_address("extract", crowd, extract)).content.decode()
        assert "&lt;b&gt;Hors sujet" in page
        assert "Télécharger" not in page
    again = researcher.post(_address("extract_take", crowd, made), follow=True)
    assert "déjà « retiré »" in again.content.decode()


def test_an_expired_extract_is_closed_before_the_night(crowd: Crowd, researcher: Client) -> None:
    made = crowd.made()
    Extract.objects.filter(pk=made.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    page = researcher.get(_address("extract", crowd, made)).content.decode()
    assert "Télécharger" not in page
    assert "Échu" in page
    assert "échu depuis" in researcher.post(_address("extract_take", crowd, made), follow=True).content.decode()


def test_a_researcher_who_left_finds_no_door(crowd: Crowd, researcher: Client) -> None:
    made = crowd.made()
    crowd.program.memberships.filter(user=crowd.researcher).update(end=timezone.localdate() - timedelta(days=1))
    for name, extract in (("extracts", None), ("extract", made)):
        assert researcher.get(_address(name, crowd, extract)).status_code == 404
    assert researcher.post(_address("extract_take", crowd, made)).status_code == 404
    assert not ExtractDelivery.objects.exists()


def test_the_list_asks_as_much_of_three_as_of_thirty(crowd: Crowd, coordinator: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (3, 15):
        for _number in range(more):
            crowd.ask()
        with CaptureQueriesContext(connection) as seen:
            coordinator.get(_address("extracts", crowd))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12, counts


def test_others_of_the_programme_are_not_offered_extracts(crowd: Crowd, sign_in: Any) -> None:
    for role in ("worker", "partner", "tenant"):
        client = sign_in(make_member(crowd.program, role).user)
        portrait = client.get(f"/portraits/{crowd.program.slug}/").content.decode()
        assert "Extraits pour la recherche" not in portrait
