"""A phone that passes from hand to hand: what goes away with a person, and what never does (B6, B11)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from maillage.journal.models import Entry
from tests.factories import make_member

from .phone import Phone
from .stage import Staging
from .writing import (
    QUEUE,
    drain,
    eventually,
    fill,
    goto_form,
    keep_many,
    no_server,
    open_form,
    tap_save,
    waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)
UNREGISTER = """async () => {
  const found = await navigator.serviceWorker.getRegistrations();
  for (const one of found) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
  return found.length;
}"""


def test_b6_nothing_a_person_does_empties_the_outbox(phone: Phone, worker: Any, stage: Staging) -> None:
    notes = [f"Gardée {n}." for n in range(5)]
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, notes)
    page.reload()
    phone.sign_out()
    dialog = page.locator("#signing-out")
    expect(dialog).to_contain_text("5 interventions écrites sur cet appareil attendent encore de partir")
    with page.expect_download():
        dialog.locator("[data-signing-out-export]").click()
    dialog.locator("[data-signing-out-send]").click()
    expect(dialog.locator("[data-signing-out-said]")).to_contain_text("rien n'est parti")
    assert waiting(phone) == 5
    phone.leave_them()
    assert waiting(phone) == 5
    page.evaluate(UNREGISTER)
    assert waiting(phone) == 5
    phone.restart()
    stage.calm()
    phone.page.goto("/")  # nobody is signed in, and `localStorage` says nothing any more
    phone.enter(worker.user)
    phone.page.goto(QUEUE)
    eventually(lambda: sorted(Entry.objects.values_list("note", flat=True)), notes)


def test_b11_a_second_worker_reads_nothing_and_the_first_ones_leave(phone: Phone, worker: Any, stage: Staging) -> None:
    words = ["Canari-de-la-première", "Brouillon-de-la-première"]
    second = make_member(worker.program, "outreach")
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, [f"{words[0]} {n}." for n in range(4)])
    goto_form(page)
    page.locator("#f-note").fill(words[1])
    expect(page.locator("#draft-state")).to_contain_text("Brouillon gardé")
    phone.sign_out()
    phone.leave_them()

    phone.enter(second.user)
    page = open_form(phone)
    expect(page.locator("#f-note")).to_have_value("")
    page.goto(QUEUE)
    expect(page.locator("[data-alert=others]")).to_contain_text("4 interventions d'autres personnes")
    expect(page.locator("#queue-list > li")).to_have_count(0)
    readable = phone.everything_readable()
    assert [word for word in words if word in readable or word in page.content()] == []
    stored = phone.stored()["maillage"]["stores"]
    assert [row["person"] for name in ("vaults", "drafts", "cache") for row in stored[name]].count(
        str(worker.user.pk)
    ) == 0

    goto_form(page)
    fill(page, "De la seconde.")
    tap_save(page)
    stage.calm()
    drain(phone)
    eventually(Entry.objects.count, 5)
    assert Entry.objects.filter(worker=worker).count() == 4
    assert Entry.objects.get(worker=second).note == "De la seconde."
