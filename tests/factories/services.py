"""Services of the directory, with invented places and numbers."""

from datetime import time
from decimal import Decimal
from typing import Any

from maillage.core.actor import PRODUCT
from maillage.directory.models import Affiliation, Organization, Person, Service
from maillage.directory.services import save_service
from maillage.directory.sheets import (
    AreaLine,
    AtPlace,
    ContactLine,
    CostLine,
    DocumentLine,
    HoursLine,
    LanguageLine,
    PhoneLine,
    PlaceSheet,
    ServiceSheet,
)

from .counter import following
from .regions import make_organization


def full_sheet(organization: Organization, **fields: Any) -> ServiceSheet:
    """A sheet that says a little of everything; `fields` say otherwise."""
    hours = HoursLine(frequency="WEEKLY", byday="MO,TU,WE", opens_at=time(9), closes_at=time(16, 30))
    phone = PhoneLine(number="418 555-0110", languages=(LanguageLine(code="fr"), LanguageLine(code="en")))
    place = PlaceSheet(
        name="Point de service inventé",
        address_1=f"{following()}, rue des Essais",
        city="Lévis",
        postal_code="G6V 1A1",
        latitude=46.8,
        longitude=-71.2,
        phones=(PhoneLine(number="418 555-0111"),),
        schedules=(hours,),
    )
    given = {
        "name": f"Aide alimentaire {following()}",
        "description": "Des paniers de denrées pour les ménages du territoire, préparés chaque mercredi par des bénévoles.",
        "fee": "free",
        "email": "aide@exemple.test",
        "application_process": "Téléphoner avant le mardi midi.",
        "areas": (AreaLine(name="Lévis et les environs"),),
        "costs": (CostLine(option="membre", amount=Decimal("5.00")),),
        "documents": (DocumentLine(document="Preuve d'adresse"),),
        "languages": (LanguageLine(code="fr"),),
        "phones": (phone,),
        "contacts": (ContactLine(function="Accueil", phones=(PhoneLine(number="418 555-0112", extension="2"),)),),
        "at": (AtPlace(place=place, description="Au sous-sol", schedules=(hours,)),),
    }
    return ServiceSheet(organization=organization.uid, **{**given, **fields})


def make_service(organization: Organization | None = None, **fields: Any) -> Service:
    """A service written by the product."""
    sheet = full_sheet(organization or make_organization(), **fields)
    return save_service(actor=PRODUCT, sheet=sheet).obj


def make_editor(organization: Organization, user: Any, **fields: Any) -> Affiliation:
    """`user` keeps the sheets of `organization` up to date."""
    person, _new = Person.objects.get_or_create(user=user, defaults={"name": "Camille Inventé"})
    return Affiliation.objects.create(person=person, organization=organization, role="editor", **fields)
