"""Sheets at random, as full as sheets get: for whatever reads or writes them."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from maillage.directory import sheets
from maillage.directory.enums import Fee, Frequency, LocationKind, ServiceStatus

TERMS = [("besoins", "food"), ("besoins", "housing"), ("clienteles", "seniors")]
ACCESS = ["", "ramp", "elevator"]
DIVISIONS = ["", "12", "250", "25213"]
JUNK = {"minimum_age": "douze", "url": "ceci n'en est pas une", "funding": [{"source": "sans numéro"}], "ailleurs": [1]}

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
said = text.filter(str.strip)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
websites = st.sampled_from(["", "https://exemple.test", "https://exemple.test/été?q=à b", "http://exemple.test/[x]"])
emails = st.sampled_from(["", "accueil@exemple.test"])
numbers = st.sampled_from(["", "0", "12", "012", "12-34", "poste 4"])
beyond = st.sampled_from([{}, {}, {"attention": "Réception", "autre": {"dit": True}}, JUNK])


def _line(model: Any, **fields: Any) -> Any:
    return st.builds(model, uid=st.uuids(), beyond=beyond, **fields)


def _few(of: Any) -> Any:
    return st.lists(of, max_size=2).map(tuple)


languages = _line(sheets.LanguageLine, code=st.sampled_from(["", "fr", "en", "iku"]), name=text, note=text)
phones = _line(
    sheets.PhoneLine,
    number=said,
    extension=numbers,
    kind=st.sampled_from(["", "voice", "fax"]),
    description=text,
    languages=_few(languages),
)
contacts = _line(sheets.ContactLine, function=text, department=text, name=text, email=emails, phones=_few(phones))
hours = _line(
    sheets.HoursLine,
    frequency=st.sampled_from(["", *Frequency.values]),
    interval=st.integers(1, 5),
    byday=st.sampled_from(["", "MO,TU", "2MO,-1FR"]),
    bymonthday=st.sampled_from(["", "1,-1"]),
    byweekno=st.sampled_from(["", "41"]),
    byyearday=st.sampled_from(["", "-1"]),
    week_start=st.sampled_from(["", "MO", "SU"]),
    dtstart=st.none() | days,
    until=st.none() | days,
    count=st.none() | st.integers(1, 99),
    valid_from=st.none() | days,
    valid_to=st.none() | days,
    opens_at=st.none() | st.times(),
    closes_at=st.none() | st.times(),
    utc_offset=st.none() | st.sampled_from([-5.0, -4.0, 5.5]),
    description=text,
    attending_type=text,
    link=websites,
    notes=text,
)
areas = _line(sheets.AreaLine, division=st.sampled_from(DIVISIONS), name=text)
amounts = st.none() | st.decimals(Decimal(0), Decimal(99_999), places=2)
costs = _line(
    sheets.CostLine,
    option=text,
    amount=amounts,
    currency=st.sampled_from(["CAD", ""]),
    description=text,
    valid_from=st.none() | days,
    valid_to=st.none() | days,
)
documents = _line(sheets.DocumentLine, document=said)
terms = st.lists(st.sampled_from(TERMS), max_size=3, unique=True).flatmap(
    lambda chosen: st.tuples(*[_line(sheets.TermLine, taxonomy=st.just(a), code=st.just(b)) for a, b in chosen])
)
access = _line(sheets.AccessLine, code=st.sampled_from(ACCESS), description=text, details=text, url=websites)
coordinates = st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.just((None, None))


@st.composite
def _place(draw: Any) -> sheets.PlaceSheet:
    latitude, longitude = draw(coordinates)
    addresses = draw(st.sampled_from([None, "rien", [], [JUNK, {"id": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11"}]]))
    more = {} if addresses is None else {"addresses": addresses}
    return sheets.PlaceSheet(
        uid=draw(st.uuids()),
        beyond={**draw(beyond), **more},
        kind=draw(st.sampled_from(LocationKind.values)),
        name=draw(text),
        url=draw(websites),
        address_1=draw(text),
        city=draw(text),
        postal_code=draw(text),
        latitude=latitude,
        longitude=longitude,
        municipality=draw(st.sampled_from(DIVISIONS)),
        phones=draw(_few(phones)),
        contacts=draw(_few(contacts)),
        schedules=draw(_few(hours)),
        languages=draw(_few(languages)),
        accessibilities=draw(_few(access)),
    )


places = _place()
at = _line(
    sheets.AtPlace,
    place=places,
    description=text,
    phones=_few(phones),
    contacts=_few(contacts),
    schedules=_few(hours),
)
identifiers = st.builds(sheets.IdentifierLine, uid=st.uuids(), scheme=text, kind=said, value=said)
organizations = _line(
    sheets.OrganizationSheet,
    name=said,
    short_name=text,
    kind=st.sampled_from(["", "community", "health"]),
    description=text,
    legal_status=text,
    year_incorporated=st.none() | st.integers(1600, 2100),
    parent=st.none() | st.uuids(),
    website=websites,
    email=emails,
    division=st.sampled_from(DIVISIONS),
    identifiers=_few(identifiers),
    phones=_few(phones),
    contacts=_few(contacts),
    places=_few(places),
)
services = _line(
    sheets.ServiceSheet,
    organization=st.uuids(),
    name=said,
    alternate_name=text,
    description=text,
    status=st.sampled_from(ServiceStatus.values),
    website=websites,
    email=emails,
    application_process=text,
    fee=st.sampled_from(["", *Fee.values]),
    fee_note=text,
    eligibility=text,
    minimum_age=st.none() | st.integers(0, 20),
    maximum_age=st.none() | st.integers(20, 120),
    wait_time=text,
    interpretation=text,
    accreditations=text,
    alert=text,
    checked_on=st.none() | days,
    terms=terms,
    areas=_few(areas),
    costs=_few(costs),
    documents=_few(documents),
    languages=_few(languages),
    phones=_few(phones),
    contacts=_few(contacts),
    schedules=_few(hours),
    at=_few(at),
)
