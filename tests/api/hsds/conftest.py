"""A small directory as everybody reads it, and a reader that holds every answer to the official schemas."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from maillage.api.hsds.answers import meter, place
from maillage.core.actor import PRODUCT
from maillage.directory.enums import TaxonomyKind
from maillage.directory.models import TaxonomyTerm
from maillage.directory.queries import organization_search
from maillage.directory.services import load_taxonomies, save_service
from maillage.directory.sheets import AccessLine, AreaLine, AtPlace, ServiceSheet, TermLine
from tests.factories import make_division, make_organization
from tests.factories.services import full_sheet

API = "/api/hsds/"
Reader = Callable[..., Any]


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    """Each test begins with nobody counted and no stream open."""
    meter.forget()
    place.leave()
    yield
    meter.forget()


@pytest.fixture
def read(db: None) -> Reader:
    """`read("services", page=2)` is the JSON of an answer that is 200."""

    def reader(address: str = "", **asked: Any) -> Any:
        answer = Client().get(API + address, asked)
        assert answer.status_code == 200, answer.content
        assert answer.headers["Content-Type"] == "application/json"
        return json.loads(answer.content)

    return reader


@pytest.fixture
def refused(db: None) -> Reader:
    """`refused("services", page=0)` is the status and the JSON of an answer that is none."""

    def reader(address: str = "", **asked: Any) -> tuple[int, Any]:
        answer = Client().get(API + address, asked)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.status_code, json.loads(answer.content)

    return reader


def term_of(kind: str) -> TaxonomyTerm:
    """A term of a kind, among those that are shipped."""
    return TaxonomyTerm.objects.filter(taxonomy__kind=kind).select_related("taxonomy").order_by("pk")[0]


def write(sheet: ServiceSheet) -> Any:
    """A service."""
    return save_service(actor=PRODUCT, sheet=sheet).obj


@pytest.fixture
def directory(db: None) -> SimpleNamespace:
    """Two organizations, one within the other; three services that are offered and one that is no longer."""
    load_taxonomies()
    mrc = make_division("mrc", code="25213", name="Lévis")
    town = make_division("municipality", code="25999", name="Saint-Essai", parent=mrc)
    network = make_organization(name="Regroupement")
    name = "Entraide inventée"
    organization = make_organization(
        name=name, search=organization_search(name), parent=network, kind="community", division=mrc
    )
    alone = make_organization(name="Sans service")
    need, access = term_of(TaxonomyKind.NEED), term_of(TaxonomyKind.ACCESS)
    sheet = full_sheet(organization, name="Comptoir alimentaire")
    (at,) = sheet.at
    there = replace(at.place, municipality="25999", accessibilities=(AccessLine(code=access.code),))
    food = write(
        replace(
            sheet,
            terms=(TermLine(taxonomy=need.taxonomy.code, code=need.code),),
            areas=(AreaLine(division="25213"),),
            at=(AtPlace(place=there, description=at.description, schedules=at.schedules),),
        )
    )
    far = replace(there, postal_code="G1R 4S9", latitude=46.81, longitude=-71.21, accessibilities=(), municipality="")
    clothes = write(full_sheet(organization, name="Vestiaire", at=(AtPlace(place=far),), areas=()))
    visits = write(full_sheet(network, name="Visites d'amitié", at=(), areas=()))
    gone = write(full_sheet(alone, name="Ancien service", status="inactive"))
    return SimpleNamespace(
        mrc=mrc, town=town, network=network, organization=organization, alone=alone, need=need, access=access,
        food=food, clothes=clothes, visits=visits, gone=gone,
    )  # fmt: skip
