"""A page of a group asks the database as little with five hundred members and two hundred meetings as with a few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.concertation.models import Group, JoinRequest
from maillage.directory.models import Person
from tests.factories import (
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_organization,
    make_program,
    make_tenant_body,
)

from .test_groups import signed_in

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 12, 60_000
PAGES = (
    "", "membres/", "portrait/", "composition/", "instance/", "demandes/", "historique/", "modifier/",
    "membres/ajouter/",
)  # fmt: skip


def _filled(group: Group, members: int, meetings: int) -> None:
    organization = make_organization()
    for number in range(members):
        person = Person.objects.create(name=f"Personne {number} {group.pk}", email=f"p{number}.{group.pk}@invente.test")
        make_group_member(group, person=person, organization=organization)
        if number < 100:
            JoinRequest.objects.create(group=group, name=f"Demande {number}", email=f"d{number}@invente.test")
    for number in range(meetings):
        make_meeting(group, days=number - meetings / 2)


def _asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES, address
    return len(asked)


def test_pages_of_a_large_group_keep_their_budget() -> None:
    program = make_program()
    keeper = make_member(program, "coordinator").user
    small, large = (
        make_group(programs=[program], is_public=True, takes_requests=True, tenant_body=make_tenant_body())
        for _size in range(2)
    )
    client = signed_in(make_group_member(small, "coordinator", keeper))
    make_group_member(large, "coordinator", keeper)
    _filled(small, 3, 3)
    _filled(large, 500, 200)
    client.get("/groupes/")
    for page in PAGES:
        few, many = (_asked(client, f"/groupes/{group.slug}/{page}") for group in (small, large))
        assert few == many, page
        assert many <= MOST_QUERIES, page
    assert _asked(client, "/groupes/") <= MOST_QUERIES
    few, many = (_asked(Client(), f"/groupes/{group.slug}/fiche/") for group in (small, large))
    assert few == many <= MOST_QUERIES
