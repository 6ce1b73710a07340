"""Sheets: what is written is what is read, twice changes nothing, a refusal says where and writes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed
from maillage.core.models import AuditEvent
from maillage.core.services import Outcome
from maillage.directory.models import Location, Organization, Phone, Service, ServiceLocation, Source
from maillage.directory.reading import organization_sheet_of, sheet_of, sheets_of
from maillage.directory.services import SheetConflict, SheetsRefused, save_service, write_sheets
from maillage.directory.shapes import nameless
from maillage.directory.sheets import (
    AreaLine,
    AtPlace,
    ContactLine,
    DocumentLine,
    IdentifierLine,
    OrganizationSheet,
    PhoneLine,
    PlaceSheet,
    TermLine,
)
from tests.factories import full_sheet, make_division, make_editor, make_organization, make_service, make_user

pytestmark = pytest.mark.django_db


def _again(service: Service) -> Service:
    return Service.objects.select_related("organization").get(pk=service.pk)


def test_a_sheet_comes_back_as_it_was_written() -> None:
    town = make_division("municipality", code="99901")
    community = make_division("community", code="07")
    areas = (AreaLine(division="99901"), AreaLine(division="community:07"), AreaLine(name="ailleurs"))
    sheet = full_sheet(
        make_organization(),
        areas=areas,
        terms=(TermLine(taxonomy="needs", code="food"), TermLine(taxonomy="clienteles", code="family")),
        beyond={"alias": ["x"]},
    )
    place = replace(sheet.at[0].place, municipality="99901")
    sheet = replace(sheet, at=(replace(sheet.at[0], place=place),))
    service = save_service(actor=PRODUCT, sheet=sheet).obj
    read = sheet_of(_again(service))
    assert nameless(read) == nameless(sheet)
    assert {town.pk, community.pk} == set(service.divisions.values_list("pk", flat=True))
    assert service.quality == 95


def test_the_same_sheet_twice_changes_nothing() -> None:
    sheet = full_sheet(make_organization())
    service = save_service(actor=PRODUCT, sheet=sheet).obj
    lines = AuditEvent.objects.count()
    for same in (sheet, sheet_of(_again(service))):
        assert save_service(actor=PRODUCT, service=service, sheet=same).outcome is Outcome.UNCHANGED
    assert AuditEvent.objects.count() == lines
    assert _again(service).revision == 1


def test_a_change_tells_what_it_was_and_keeps_the_other_rows() -> None:
    service = make_service()
    sheet = sheet_of(_again(service))
    kept = set(Phone.objects.values_list("uid", flat=True))
    changed = replace(
        sheet,
        name="Nouveau nom",
        phones=(*sheet.phones, PhoneLine(number="418 555-0199")),
        documents=(DocumentLine(document="Carte"),),
    )
    written = save_service(actor=PRODUCT, service=service, sheet=changed, revision=1)
    assert written.changes["phones"] == ["418 555-0110", "418 555-0110; 418 555-0199"]
    assert written.changes["name"][1] == "Nouveau nom"
    assert written.changes["documents"] == ["Preuve d'adresse", "Carte"]
    assert kept < set(Phone.objects.values_list("uid", flat=True))
    assert nameless(sheet_of(_again(service))) == nameless(changed)
    assert _again(service).revision == 2


def test_lists_keep_their_order_when_they_are_turned_round() -> None:
    numbers = tuple(PhoneLine(number=f"418 555-010{n}") for n in range(4))
    service = make_service(phones=numbers)
    sheet = sheet_of(_again(service))
    turned = replace(
        sheet, phones=(sheet.phones[2], sheet.phones[0], sheet.phones[3], PhoneLine(number="418 555-0150"))
    )
    save_service(actor=PRODUCT, service=service, sheet=turned)
    read = sheet_of(_again(service))
    assert [phone.number[-1] for phone in read.phones] == ["2", "0", "3", "0"]
    assert [phone.uid for phone in read.phones[:3]] == [phone.uid for phone in turned.phones[:3]]


def test_two_editors_at_once() -> None:
    service = make_service()
    sheet = sheet_of(_again(service))
    save_service(actor=PRODUCT, service=service, sheet=replace(sheet, wait_time="une semaine"), revision=1)
    with pytest.raises(SheetConflict, match="Quelqu'un d'autre"):
        save_service(actor=PRODUCT, service=service, sheet=replace(sheet, wait_time="un mois"), revision=1)
    assert _again(service).wait_time == "une semaine"


def test_refusals_say_where_and_write_nothing() -> None:
    sheet = full_sheet(
        make_organization(),
        name="",
        website="javascript:alert(1)",
        status="peut-être",
        minimum_age=12,
        maximum_age=3,
        phones=(PhoneLine(number="1" * 61),),
        terms=(TermLine(taxonomy="besoins-inconnus", code="x"),),
        contacts=(ContactLine(email="pas un courriel"),),
        at=(AtPlace(place=PlaceSheet(name="Ici\x00", latitude=46.0)),),
        areas=(AreaLine(division="nulle-part"), AreaLine()),
    )
    with pytest.raises(ValidationError) as refused:
        save_service(actor=PRODUCT, sheet=sheet)
    assert set(refused.value.message_dict) == {
        "name",
        "website",
        "status",
        "minimum_age",
        "phones.0.number",
        "terms.0",
        "contacts.0.email",
        "at.0.place.name",
        "at.0.place.latitude",
        "areas.0.division",
        "areas.1",
    }
    assert "n'est pas une adresse web" in refused.value.message_dict["website"][0]
    assert not Service.objects.exists()


def test_editors_write_the_services_of_their_organization_only() -> None:
    user, mine, other = make_user(), make_organization(), make_organization()
    make_editor(mine, user)
    branch = make_organization(parent=mine)
    assert save_service(actor=user, sheet=full_sheet(mine)).outcome is Outcome.NEW
    assert save_service(actor=user, sheet=full_sheet(branch)).outcome is Outcome.NEW
    with pytest.raises(NotAllowed):
        save_service(actor=user, sheet=full_sheet(other))
    theirs = make_service(other)
    with pytest.raises(NotAllowed):
        save_service(actor=user, service=theirs, sheet=replace(sheet_of(_again(theirs)), organization=mine.uid))
    with pytest.raises(NotAllowed):
        write_sheets(actor=user, services=[(None, full_sheet(mine))])


def test_an_editor_whose_time_is_over_writes_no_more() -> None:
    user, mine = make_user(), make_organization()
    make_editor(mine, user, end=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        save_service(actor=user, sheet=full_sheet(mine))


def test_the_lines_of_others_are_out_of_reach() -> None:
    user, mine = make_user(), make_organization()
    make_editor(mine, user)
    theirs = sheet_of(_again(make_service()))
    taken = full_sheet(mine, phones=(replace(theirs.phones[0], number="418 555-0666"),))
    with pytest.raises(ValidationError, match="déjà celui d'une autre fiche"):
        save_service(actor=user, sheet=taken)
    place = replace(theirs.at[0].place, address_1="Adresse changée")
    with pytest.raises(ValidationError, match="celui d'une autre organisation"):
        save_service(actor=user, sheet=full_sheet(mine, at=(AtPlace(place=place),)))
    shared = full_sheet(mine, at=(AtPlace(place=theirs.at[0].place),))
    assert save_service(actor=user, sheet=shared).outcome is Outcome.NEW
    assert Location.objects.count() == 1


def test_many_sheets_with_few_statements(django_assert_max_num_queries: Any) -> None:
    organization = make_organization()
    source = Source.objects.create(slug="partenaire", name="Partenaire")
    sheets = [full_sheet(organization, uid=uuid4(), source_key=f"k{n}") for n in range(60)]
    with django_assert_max_num_queries(70):
        written = write_sheets(actor=PRODUCT, services=[(None, sheet) for sheet in sheets], source=source)
    assert [one.outcome for one in written] == [Outcome.NEW] * 60
    services = Service.objects.order_by("pk")
    with django_assert_max_num_queries(40):
        again = list(sheets_of(services))
    assert [nameless(read) for _service, read in again] == [nameless(sheet) for sheet in sheets]
    pairs = [(service, replace(read, wait_time="un mois")) for service, read in again]
    assert all(one.outcome is Outcome.UNCHANGED for one in write_sheets(actor=PRODUCT, services=again, source=source))
    with django_assert_max_num_queries(70):
        assert {one.outcome for one in write_sheets(actor=PRODUCT, services=pairs)} == {Outcome.CHANGED}
    assert not Service.objects.exclude(wait_time="un mois", revision=2, source=source).exists()


def test_one_wrong_sheet_stops_all_and_says_which() -> None:
    organization = make_organization()
    pairs = [(None, full_sheet(organization)), (None, full_sheet(organization, email="non"))]
    with pytest.raises(SheetsRefused) as refused:
        write_sheets(actor=PRODUCT, services=pairs)
    assert list(refused.value.problems) == [1]
    assert "À la fiche 2 (email)" in str(refused.value)
    twice = full_sheet(organization, uid=uuid4())
    with pytest.raises(SheetsRefused, match="même identifiant"):
        write_sheets(actor=PRODUCT, services=[(None, twice), (None, twice)])
    assert not Service.objects.exists()


def test_services_share_a_place() -> None:
    organization, uid = make_organization(), uuid4()
    shared = AtPlace(place=PlaceSheet(uid=uid, name="Maison", city="Lévis"))
    sheets = [full_sheet(organization, at=(shared,)) for _n in range(3)]
    written = write_sheets(actor=PRODUCT, services=[(None, sheet) for sheet in sheets])
    assert (Location.objects.count(), ServiceLocation.objects.count()) == (1, 3)
    first = sheet_of(_again(written[0].obj))
    moved = replace(first, at=(replace(first.at[0], place=replace(first.at[0].place, city="Québec")),))
    assert save_service(actor=PRODUCT, service=written[0].obj, sheet=moved).outcome is Outcome.CHANGED
    assert sheet_of(_again(written[2].obj)).at[0].place.city == "Québec"


def test_organizations_are_written_with_their_lines() -> None:
    parent, child = uuid4(), uuid4()
    said = OrganizationSheet(
        uid=child,
        name="Centre inventé",
        kind="community",
        parent=parent,
        identifiers=(IdentifierLine(kind="NEQ", value="1100000000"),),
        phones=(PhoneLine(number="418 555-0120"),),
        contacts=(ContactLine(function="Direction"),),
        places=(PlaceSheet(name="Siège", city="Lévis"),),
    )
    both = [(None, said), (None, OrganizationSheet(uid=parent, name="Fédération inventée"))]
    write_sheets(actor=PRODUCT, organizations=both, services=[])
    row = Organization.objects.select_related("parent", "division").get(uid=child)
    assert nameless(organization_sheet_of(row)) == nameless(said)
    assert row.privacy_regime == "p39_1"
    lines = AuditEvent.objects.count()
    read = organization_sheet_of(row)
    write_sheets(actor=PRODUCT, organizations=[(row, read)], services=[])
    assert AuditEvent.objects.count() == lines
    changed = replace(read, email="a@exemple.test", phones=(), parent=None)
    write_sheets(actor=PRODUCT, organizations=[(row, changed)])
    row = Organization.objects.select_related("parent", "division").get(uid=child)
    assert organization_sheet_of(row) == changed
    with pytest.raises(SheetsRefused, match="courriel"):
        write_sheets(actor=PRODUCT, organizations=[(row, replace(read, email="x"))])


def test_what_a_source_sends_is_its_own_and_back() -> None:
    source = Source.objects.create(slug="partenaire", name="Partenaire")
    service = make_service()
    Service.objects.update(gone_on=date(2020, 1, 1))
    write_sheets(actor=PRODUCT, services=[(service, sheet_of(_again(service)))], source=source)
    service = _again(service)
    assert (service.source, service.gone_on) == (source, None)
    assert Location.objects.get().source == source


def test_services_that_draw_the_same_short_address_draw_again(monkeypatch: Any) -> None:
    drawn = iter(["aaaaaaa", "bbbbbbb", "bbbbbbb", "ccccccc", "ddddddd"])
    monkeypatch.setitem(Service._meta.get_field("short_code").__dict__, "_get_default", lambda: "aaaaaaa")
    monkeypatch.setattr("maillage.directory.short_codes.short_code", lambda: next(drawn))
    organization = make_organization()
    save_service(actor=PRODUCT, sheet=full_sheet(organization))
    write_sheets(actor=PRODUCT, services=[(None, full_sheet(organization, name=f"Service {n}")) for n in range(3)])
    assert set(Service.objects.values_list("short_code", flat=True)) == {"aaaaaaa", "bbbbbbb", "ccccccc", "ddddddd"}
