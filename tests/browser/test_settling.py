"""What devices sent and people settle, on a phone and at a desk."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from maillage.journal.models import Device, Entry
from maillage.journal.services import delete_entry, draft_of, edit_entry, log_entry
from tests.factories import make_member, make_phone, make_program, make_sent, make_sibling
from tests.factories.field import make_device, typed
from tests.journal.drafts import draft_for

from .looks import SIZES, review

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Rencontre à la buanderie. La personne demande où faire ses impôts."


@pytest.fixture
def team() -> dict[str, Any]:
    """A worker, their coordination, and an entry that both corrected from the same version."""
    program = make_program(name="Entente des rivières")
    worker = make_member(program, label="Camille Inventée")
    coordinator = make_member(program, "coordinator")
    entry = log_entry(actor=worker.user, program=program, draft=draft_for(worker, note=NOTE))
    entry = edit_entry(
        actor=coordinator.user,
        entry=entry,
        revision=1,
        draft=draft_of(entry).with_(minutes=45, note=f"{NOTE} Suivi fait."),
    )
    phone = make_phone(worker.user, label="Téléphone de terrain")
    other = draft_of(entry).with_(minutes=30, persons=4, terms={"action": ("referral",)}, note=f"{NOTE} À rappeler.")
    sibling = make_sibling(entry, other, worker, base=1, device=phone)
    fields = {"date": "2014-05-07", "nature": "individual", "persons": "900", "minutes": "30", "note": NOTE}
    sent = make_sent(worker, {"fields": fields}, device=phone)
    held = make_sent(worker, {"fields": fields | {"persons": "2"}}, device=phone, state="held", problems=[])
    return {
        "program": program,
        "worker": worker,
        "coordinator": coordinator,
        "entry": entry,
        "phone": phone,
        "sibling": sibling,
        "sent": sent,
        "held": held,
    }


def test_the_pages_hold_at_both_sizes_and_in_both_themes(page: Page, enter: Any, team: dict[str, Any]) -> None:
    enter(team["coordinator"].user)
    gone = log_entry(actor=team["worker"].user, program=team["program"], draft=draft_for(team["worker"], note=NOTE))
    delete_entry(actor=team["worker"].user, entry=gone)
    brought = make_sibling(gone, draft_of(team["entry"]), team["worker"], base=1, device=team["phone"])
    deletion = make_sibling(team["entry"], None, team["worker"], base=1, device=team["phone"])
    for address, name in (
        ("/journal/a-regler/", "settle-list"),
        (f"/journal/a-concilier/{team['sibling'].uid}/", "settle-versions"),
        (f"/journal/a-concilier/{brought.uid}/", "settle-deleted"),
        (f"/journal/a-concilier/{deletion.uid}/", "settle-deletion"),
        (f"/journal/a-regler/operation/{team['sent'].uid}/", "settle-operation"),
    ):
        page.goto(address)
        review(page, name)


def test_devices_and_files_hold_at_both_sizes_and_in_both_themes(page: Page, enter: Any, team: dict[str, Any]) -> None:
    enter(team["coordinator"].user)
    day_ago = timezone.now() - timedelta(hours=30)
    make_phone(team["worker"].user, label="Tablette du bureau", seen_at=timezone.now(), persisted=True)
    make_phone(team["worker"].user, label="Ancien téléphone", seen_at=day_ago, revoked_at=day_ago)
    gap = {"highest": 20, "contiguous": 4, "gaps": [[5, 5, 0], [8, 12, 0]], "gap_since": day_ago}
    late = {"waiting": 3, "oldest_at": day_ago, "persisted": False, "skew_seconds": -4000}
    Device.objects.filter(pk=team["phone"].pk).update(seen_at=day_ago, **gap, **late)
    for address, name in (
        ("/journal/appareils/", "devices"),
        (f"/journal/appareils/{team['phone'].uid}/revoquer/", "device-revoke"),
        ("/", "settle-home"),
    ):
        page.goto(address)
        review(page, name)
    phone = make_device(team["worker"].user, team["program"])
    sent = [phone.create(typed(team["program"])), phone.create(typed(team["program"], persons="900"))]
    batches = [{"device": str(phone.device.uid), "ops": [phone.as_json(one) for one in sent]}]
    content = json.dumps({"format": "maillage-sealed-1", "batches": batches}).encode()
    page.goto("/journal/fichier-scelle/")
    for words, count in (("1 envoi inscrit au journal", 1), ("étaient déjà arrivés", 1)):
        file = {"name": "maillage.scelle.json", "mimeType": "application/json", "buffer": content}
        page.get_by_label("Fichier scellé").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Apporter au journal").click()
        expect(page.get_by_text(words)).to_be_visible()
        assert Entry.objects.filter(uid__in=[one.entry for one in sent]).count() == count
    review(page, "sealed-file")


@pytest.mark.parametrize("size", SIZES)
def test_a_worker_joins_two_versions_by_hand(page: Page, enter: Any, team: dict[str, Any], size: str) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    enter(team["worker"].user)
    page.goto("/journal/a-regler/")
    page.get_by_role("link", name="6 mai 2014").first.click()
    expect(page.get_by_role("heading", name="Concilier deux versions")).to_be_visible()
    page.get_by_role("group", name="Note").get_by_text("À rappeler.").click()
    page.get_by_role("button", name="Réunir selon ces choix").click()
    expect(page.get_by_text("les deux versions sont réunies")).to_be_visible()
    entry = Entry.objects.get(pk=team["entry"].pk)
    assert (entry.persons, entry.minutes, entry.note) == (4, 45, f"{NOTE} À rappeler.")


@pytest.mark.parametrize("size", SIZES)
def test_a_worker_corrects_what_a_rule_refused(page: Page, enter: Any, team: dict[str, Any], size: str) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    enter(team["worker"].user)
    page.goto("/journal/a-regler/")
    page.get_by_role("link", name="Inscription du 7 mai 2014").first.click()
    page.get_by_role("spinbutton", name="Personnes rejointes").fill("3")
    page.locator("#f-site_id label").first.click()
    page.get_by_role("button", name="Inscrire", exact=True).last.click()
    expect(page.get_by_text("l'intervention est inscrite")).to_be_visible()
    assert Entry.objects.get(uid=team["sent"].entry_uid).persons == 3
