"""People of organizations: several at once, with roles and dates; editors write through them."""

from datetime import date
from typing import Any

import pytest

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed
from maillage.directory.models import Affiliation, Person
from maillage.directory.permissions import can_edit_organization
from maillage.directory.services import save_person
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db
EMPTY = {"places-INITIAL_FORMS": "0", "places-TOTAL_FORMS": "1"}


def test_a_person_belongs_to_several_organizations_by_the_page(program: Any, as_role: Any) -> None:
    one, two, user = make_organization(name="Centre Un"), make_organization(name="Centre Deux"), make_user()
    client = as_role(program, "coordinator")
    sent = {
        "name": "Camille Inventé",
        "account": user.email,
        "places-INITIAL_FORMS": "0",
        "places-TOTAL_FORMS": "2",
        "places-0-organization": "Centre Un",
        "places-0-role": "editor",
        "places-1-organization": "Centre Deux",
        "places-1-role": "board",
        "places-1-start": "2020-01-01",
        "places-1-end": "2021-01-01",
    }
    assert client.post("/repertoire/personnes/nouvelle/", sent).status_code == 302
    person = Person.objects.get()
    assert person.user == user
    assert set(person.affiliations.values_list("organization", "role")) == {(one.pk, "editor"), (two.pk, "board")}
    assert can_edit_organization(user, one)
    assert not can_edit_organization(user, two)
    page = client.get("/repertoire/personnes/?q=camille").content.decode()
    assert "Camille Inventé" in page
    first = person.affiliations.get(role="editor")
    change = sent | {
        "places-INITIAL_FORMS": "2",
        "places-0-id": first.pk,
        "places-0-DELETE": "on",
        "places-1-id": person.affiliations.get(role="board").pk,
    }
    assert client.post(f"/repertoire/personnes/{person.uid}/", change).status_code == 302
    assert list(person.affiliations.values_list("role", flat=True)) == ["board"]
    assert not can_edit_organization(user, one)
    assert "Ses organisations" in client.get(f"/repertoire/personnes/{person.uid}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"account": "inconnu@exemple.test"}, "Aucun compte"),
        ({"places-0-organization": "Nulle part"}, "Aucune organisation"),
        ({"places-0-function": "Direction"}, "Nommez l"),
        (
            {"places-0-organization": "Centre Un", "places-0-start": "2021-01-01", "places-0-end": "2020-01-01"},
            "La fin précède",
        ),
    ],
)
def test_refusals_are_sentences(program: Any, as_role: Any, wrong: dict[str, str], sentence: str) -> None:
    make_organization(name="Centre Un")
    answer = as_role(program, "coordinator").post("/repertoire/personnes/nouvelle/", {"name": "X", **EMPTY, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.exists()


def test_another_line_is_asked_without_script(program: Any, as_role: Any) -> None:
    client = as_role(program, "coordinator")
    answer = client.post("/repertoire/personnes/nouvelle/", {"name": "À demi", **EMPTY, "add": "places"})
    assert answer.status_code == 200
    assert 'name="places-1-organization"' in answer.content.decode()
    assert "À demi" in answer.content.decode()


def test_only_keepers_write_people(program: Any, as_role: Any) -> None:
    assert as_role(program, "worker").get("/repertoire/personnes/").status_code == 403
    with pytest.raises(NotAllowed):
        save_person(actor=make_user(), name="X")


def test_a_change_of_belonging_leaves_a_trace() -> None:
    organization = make_organization()
    line = {
        "id": None,
        "organization": organization,
        "role": "staff",
        "function": "",
        "start": date(2020, 1, 1),
        "end": None,
    }
    person = save_person(actor=PRODUCT, name="Camille Inventé", places=[line]).obj
    same = {**line, "id": Affiliation.objects.get().pk}
    assert save_person(actor=PRODUCT, person=person, places=[same]).outcome == "unchanged"
    done = save_person(actor=PRODUCT, person=person, places=[{**same, "role": "editor"}])
    assert done.outcome == "changed"
    assert Affiliation.objects.get().role == "editor"
