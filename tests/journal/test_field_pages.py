"""The pages of the journal in the field, by HTTP: the page without network, the form kept on devices, the queue."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from maillage.journal.models import Entry
from maillage.journal.sentences import SENTENCES
from maillage.journal.sync.vault_secret import vault_secret
from maillage.programs.models import Program
from tests.factories import make_entry, make_member, make_program, make_user

from .test_pages import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(program):
    return make_member(program, "outreach", label="Camille Inventée")


@pytest.fixture
def client(worker, sign_in):
    return sign_in(worker.user)


def data_of(page: str, name: str):
    """What a JSON script of the page holds."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found, name
    return json.loads(found[1])


def test_the_page_without_network_holds_nothing_of_anybody(client, program, worker):
    page = client.get(reverse("journal:offline")).content.decode()
    for word in (program.name, program.slug, worker.user.full_name, worker.label, vault_secret(worker.user), "csrf"):
        assert word not in page
    assert "Votre NIP" in page
    assert "Sur cet appareil" in page


def test_the_page_without_network_is_the_same_for_everybody(client, db):
    from django.test import Client

    assert client.get(reverse("journal:offline")).content == Client().get(reverse("journal:offline")).content


def test_the_form_kept_on_devices_is_the_form_of_the_page(client, program):
    page = client.get(reverse("journal:new")).content.decode()
    answer = client.get(reverse("journal:field_form") + f"?programme={program.slug}")
    kept = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<html" not in kept

    def names(text):
        return sorted(
            re.findall(r' name="([^"]+)"', text[text.index('id="entry-part"') : text.index('id="entry-kept"')])
        )

    assert names(kept) == names(page)
    kept_data, page_data = data_of(kept, "entry-data"), data_of(page, "entry-data")
    assert kept_data == page_data
    assert kept_data["program"] == {"slug": program.slug, "name": program.name}
    assert kept_data["days"]["first"] == program.start.isoformat()


def test_the_secret_stands_in_pages_and_never_in_what_is_kept(client, program, worker):
    secret = vault_secret(worker.user)
    entry = make_entry(program, worker)
    for name in ("new", "field"):
        assert data_of(client.get(reverse(f"journal:{name}")).content.decode(), "field-data")["secret"] == secret
    for name in ("edit", "saved"):
        page = client.get(reverse(f"journal:{name}", args=[entry.uid])).content.decode()
        assert data_of(page, "field-data")["secret"] == secret
    assert secret not in client.get(reverse("journal:field_form")).content.decode()
    assert client.get(reverse("journal:field")).headers["Cache-Control"] == "no-store"


def test_each_person_has_a_secret_of_their_own(worker, settings):
    other = make_user()
    assert vault_secret(worker.user) != vault_secret(other)
    before = vault_secret(worker.user)
    settings.SECRET_KEY = "another installation of the product, with its own key"
    assert vault_secret(worker.user) != before


def test_the_queue_names_the_programmes_to_keep(client, program, worker):
    second = make_program(slug="seconde")
    second.memberships.create(user=worker.user, role="worker", label=worker.label)
    make_program(slug="pas-la-sienne")
    told = data_of(client.get(reverse("journal:field")).content.decode(), "field-data")
    assert {p["slug"] for p in told["programs"]} == {program.slug, "seconde"}
    for kept in told["programs"]:
        assert client.get(kept["form"]).status_code == 200


def test_the_queue_opens_for_somebody_who_left_the_team(worker, client):
    Program.objects.get(pk=worker.program_id).memberships.update(end="2013-06-01")
    page = client.get(reverse("journal:field"))
    assert page.status_code == 200
    assert data_of(page.content.decode(), "field-data")["programs"] == []


def test_the_script_follows_a_save_by_itself(client, program):
    data = typed(program)
    answer = client.post(reverse("journal:new"), data, headers={"X-Maillage-Form": "1"})
    entry = Entry.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (201, reverse("journal:saved", args=[entry.uid]))
    address = reverse("journal:edit", args=[entry.uid])
    data |= {"revision": "1", "persons": "4"}
    answer = client.post(address, data, headers={"X-Maillage-Form": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (201, reverse("journal:entry", args=[entry.uid]))
    assert "Intervention corrigée." in client.get(answer.headers["Location"]).content.decode()


def test_the_script_reads_the_rules_and_their_sentences(client):
    told = data_of(client.get(reverse("journal:new")).content.decode(), "entry-data")
    assert told["sentences"] == {name: str(sentence) for name, sentence in SENTENCES.items()}
    required = {rule["name"] for rule in told["rules"]["entry"] if rule["required"]}
    assert required == {"date", "worker_id", "nature", "persons"}


def test_every_signed_in_page_has_the_sign_of_the_queue(client):
    for address in ("/", reverse("journal:list"), reverse("journal:field")):
        page = client.get(address).content.decode()
        assert "data-queue-sign" in page
        assert 'id="signing-out"' in page


def test_a_double_save_by_the_script_writes_once(client, program):
    data = typed(program, uid=str(uuid.uuid4()))
    for _ in range(3):
        assert client.post(reverse("journal:new"), data, headers={"X-Maillage-Form": "1"}).status_code == 201
    assert Entry.objects.count() == 1
