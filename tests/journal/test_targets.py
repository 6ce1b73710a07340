"""To whom a referral leads: one text names a service or an organization, in the form, on devices and in what they send."""

import json

import pytest
from django.urls import reverse

from maillage.directory.models import Service
from maillage.directory.sheets import AreaLine
from maillage.journal.context import DraftContext
from maillage.journal.drafts import ReferralDraft, draft_of
from maillage.journal.forms.reading import Reading, row_of
from maillage.journal.kept_directory import MOST_CHARACTERS, kept_directory
from maillage.journal.services import DraftRefused, log_entry
from maillage.journal.sync.fields import Fields, fields_of
from maillage.journal.targets import Target, names_like
from tests.factories import make_device, make_organization, make_service, typed

from .drafts import draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


@pytest.fixture
def pantry():
    return make_service(make_organization(name="Moisson Imaginaire", short_name="MI"), name="Dépannage alimentaire")


def named(program, text):
    return DraftContext(program).targets.named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dépannage alimentaire (Moisson Imaginaire)",
        "  depannage  ALIMENTAIRE (moisson imaginaire) ",
        "Dépannage alimentaire (mi)",
        "Dépannage alimentaire",
        "depannage alimentaire",
    ],
)
def test_a_service_is_named_with_or_without_its_organization(program, pantry, text):
    assert named(program, text) == [Target(pantry.organization_id, pantry.pk)]


@pytest.mark.parametrize("text", ["Moisson Imaginaire", "moisson imaginaire", "mi"])
def test_an_organization_is_named_as_before(program, pantry, text):
    assert named(program, text) == [Target(pantry.organization_id)]


def test_a_name_with_brackets_of_its_own(program):
    organization = make_organization(name="Centre Inventé (Beauce)")
    service = make_service(organization, name="Écoute (soir)")
    assert named(program, "Écoute (soir) (Centre Inventé (Beauce))") == [Target(organization.pk, service.pk)]
    assert named(program, "ecoute (soir) (centre invente (beauce))") == [Target(organization.pk, service.pk)]


def test_a_name_that_several_bear_asks_whose(program, worker, pantry):
    make_service(make_organization(name="Comptoir Inventé"), name="Dépannage alimentaire")
    assert len(named(program, "Dépannage alimentaire")) == 2
    assert len(named(program, "Dépannage alimentaire (Comptoir Inventé)")) == 1
    fields = typed(program, **{"ref-0-destination": "community", "ref-0-organization": "Dépannage alimentaire"})
    reading = Reading(Fields(fields), DraftContext(program), worker)
    [problem] = reading.problems
    assert (problem.field, "Plusieurs organisations" in problem.sentence) == ("referrals.0.organization_id", True)
    assert reading.rows[0]["organization"] == "Dépannage alimentaire"


@pytest.mark.parametrize("text", ["Rien de tel", "Dépannage alimentaire (Autre)", "()", ") (", "(" * 200, "\x00", "%s"])
def test_what_the_directory_does_not_have_is_refused_with_a_sentence(program, worker, pantry, text):
    fields = typed(program, **{"ref-0-destination": "community", "ref-0-organization": text})
    [problem] = Reading(Fields(fields), DraftContext(program), worker).problems
    assert problem.field == "referrals.0.organization_id"


def test_what_an_entry_bears_can_be_sent_back_when_it_is_no_longer_offered(program, worker, pantry):
    line = ReferralDraft(destination="community", service_id=pantry.pk)
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, referrals=(line,)))
    assert entry.referrals.get().organization == pantry.organization
    Service.objects.filter(pk=pantry.pk).update(status="inactive")
    assert named(program, "Dépannage alimentaire") == []
    context, draft = DraftContext(program), draft_of(entry)
    context.know(draft)
    reading = Reading(Fields(fields_of(draft, context)), context, worker)
    assert reading.problems == []
    assert reading.draft.referrals == draft.referrals
    phone = make_device(worker.user)
    sent = {f"ref-0-{name}": value for name, value in row_of(draft.referrals[0], context).items()} | {
        "ref-0-persons": "2"
    }
    assert phone.statuses(phone.update(entry.uid, 1, typed(program, **sent))) == ["applied"]
    assert (entry.referrals.get().service, entry.referrals.get().persons) == (pantry, 2)


def test_a_service_that_is_not_there_is_refused(program, worker):
    line = ReferralDraft(destination="community", service_id=10**9)
    with pytest.raises(DraftRefused) as refusal:
        log_entry(actor=worker.user, program=program, draft=draft_for(worker, referrals=(line,)))
    assert [problem.field for problem in refusal.value.problems] == ["referrals.0.organization_id"]


def test_an_agreement_is_written_only_where_something_leaves(program, worker):
    row = {"ref-0-destination": "health", "ref-0-consent": "1"}
    for kind, agreed in (("transferred", True), ("information", False), ("", False)):
        reading = Reading(Fields(typed(program, **row | {"ref-0-kind": kind})), DraftContext(program), worker)
        assert reading.draft.referrals[0].consent is agreed


def test_names_come_while_one_types(client, pantry):
    names = client.get(reverse("journal:organizations"), {"q": "depannage"}).json()["names"]
    assert "Dépannage alimentaire (Moisson Imaginaire)" in names
    assert client.get(reverse("journal:organizations"), {"q": "moisson"}).json()["names"][0] == "Moisson Imaginaire"
    assert names_like("") == []


def test_a_device_keeps_the_services_of_the_territory_and_what_their_slips_say(client, program):
    mrc = program.territory.children.order_by("code").first()
    here = make_service(make_organization(), name="Ici", areas=(AreaLine(division=mrc.code),))
    everywhere = make_service(make_organization(), name="Partout", areas=(), at=())
    make_service(make_organization(), name="Fermé", status="inactive", areas=(AreaLine(division=mrc.code),))
    listed = {one["name"]: one["lines"] for one in client.get(reverse("journal:field_directory")).json()["services"]}
    assert f"Ici ({here.organization.name})" in listed
    assert f"Partout ({everywhere.organization.name})" in listed
    assert not any(name.startswith("Fermé") for name in listed)
    lines = listed[f"Ici ({here.organization.name})"]
    assert any("418 555-0110" in line for line in lines)
    assert any("rue des Essais" in line for line in lines)
    assert any("9" in line and "h" in line for line in lines)


def test_what_a_device_keeps_is_bounded(client, program, monkeypatch, django_assert_max_num_queries):
    organization = make_organization()
    rows = [Service(organization=organization, name=f"Service {n} " + "x" * 230) for n in range(600)]
    Service.objects.bulk_create(rows)
    with django_assert_max_num_queries(16):
        found = kept_directory(program)
    assert len(found) == 500
    monkeypatch.setattr("maillage.journal.kept_directory.MOST_CHARACTERS", 10_000)
    assert len(json.dumps(kept_directory(program), ensure_ascii=False)) <= 10_000 < MOST_CHARACTERS
