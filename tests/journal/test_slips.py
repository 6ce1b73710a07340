"""The slip that a person takes along: where to go and a code; no name, no need."""

import re
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.models import Service
from maillage.journal.models import Entry
from maillage.journal.slip_code import code_of, read_code
from tests.factories import make_entry, make_organization, make_service

from .test_pages import typed


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


def slip_of(client, entry):
    return client.get(reverse("journal:slip", args=[entry.referrals.get().uid])).content.decode()


@pytest.mark.django_db
def test_after_saving_the_slip_is_one_tap_away(client, program):
    service = make_service(make_organization(name="Moisson Imaginaire"), name="Dépannage alimentaire")
    number = "6f1d9e3c-7a55-4c1e-9d1c-0f2f7a1b2c3d"
    sent = {"ref-0-destination": "community", "ref-0-need": "food", "ref-0-kind": "transferred", "ref-0-consent": "1"}
    sent |= {"ref-0-organization": "Dépannage alimentaire (Moisson Imaginaire)", "ref-0-uid": number}
    answer = client.post(reverse("journal:new"), typed(program, persons="1", **sent))
    referral = Entry.objects.get().referrals.get()
    assert (referral.uid, referral.service, referral.organization) == (UUID(number), service, service.organization)
    assert (referral.consent, referral.code) == (True, code_of(UUID(number)))
    page = client.get(answer.url).content.decode()
    assert reverse("journal:slip", args=[referral.uid]) in page
    assert referral.code in page


@pytest.mark.django_db
def test_the_slip_says_where_to_go_and_never_why_nor_who(client, program, worker):
    service = make_service(make_organization(name="Moisson Imaginaire"), name="Dépannage alimentaire")
    line = {"destination": "community", "need": "food", "service": service, "organization": service.organization}
    entry = make_entry(program, worker, note="Une note à moi.", referrals=[line | {"code": "7K2D-9QMX"}])
    page = slip_of(client, entry)
    main = page[page.index('<article class="paper slip">') : page.index("</article>")]
    for text in ("418 555-0110", "rue des Essais", "Preuve d'adresse", "7K2D-9QMX", "testserver/reference/"):
        assert text in main.replace("&#x27;", "'"), text
    for text in ("Une note", worker.label, entry.site.name, referral_need(entry)):
        assert text not in main, text
    assert '<svg aria-hidden="true"' in main


def referral_need(entry):
    return entry.referrals.get().need.label


@pytest.mark.django_db
def test_a_slip_without_service_says_the_organization_or_the_family(client, program, worker):
    organization = make_organization(name="CLSC Inventé", phone="418 555-0199")
    entry = make_entry(program, worker, referrals=[{"destination": "health", "organization": organization}])
    page = slip_of(client, entry)
    assert "CLSC Inventé" in page
    assert "418 555-0199" in page
    entry = make_entry(program, worker, referrals=[{"destination": "health"}])
    assert entry.referrals.get().destination.label in slip_of(client, entry)


@pytest.mark.django_db
def test_the_slip_of_a_merged_service_is_that_of_the_other(client, program, worker):
    kept = make_service(name="Le service gardé")
    gone = make_service(name="Le service fusionné")
    Service.objects.filter(pk=gone.pk).update(merged_into=kept)
    line = {"destination": "health", "service": gone, "organization": gone.organization}
    assert "Le service gardé" in slip_of(client, make_entry(program, worker, referrals=[line]))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["entry", "saved"])
def test_a_page_takes_as_many_queries_for_thirty_referrals(
    client, program, worker, name, django_assert_max_num_queries
):
    lines = [
        {"destination": "health", "service": (s := make_service()), "organization": s.organization} for _ in range(8)
    ]
    entry = make_entry(program, worker, persons=9, referrals=lines)
    address = reverse(f"journal:{name}", args=[entry.uid])
    client.get(address)
    with django_assert_max_num_queries(12):
        found = client.get(address).content.decode()
    assert len(re.findall(r"/fiche/", found)) == 8


@pytest.mark.django_db
def test_a_slip_takes_few_queries(client, program, worker, django_assert_max_num_queries):
    service = make_service()
    line = {"destination": "health", "service": service, "organization": service.organization}
    entry = make_entry(program, worker, referrals=[line])
    slip_of(client, entry)
    with django_assert_max_num_queries(16):
        slip_of(client, entry)


@given(st.uuids(version=4))
def test_a_code_is_read_however_it_is_dictated(uid):
    code = code_of(uid)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    for typed_code in (code, code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]}", code.replace("0", "O")):
        assert read_code(typed_code) == code
