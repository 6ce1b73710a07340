"""What waits: it is said after a day, it can be carried in a file, and it leaves by itself when the network is back (B4, B7)."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from maillage.journal.models import Entry
from tests.factories import make_member

from .doses import dose, told
from .phone import Phone
from .stage import Staging
from .writing import EXCHANGES, QUEUE, drain, eventually, keep_many, no_server, open_form

pytestmark = pytest.mark.django_db(transaction=True)
YESTERDAY = """async () => {
  const asked = indexedDB.open("maillage");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const transaction = db.transaction("operations", "readwrite");
  const store = transaction.objectStore("operations");
  store.getAll().onsuccess = (event) => {
    for (const operation of event.target.result) store.put({ ...operation, savedAt: operation.savedAt - 25 * 3600 * 1000 });
  };
  await new Promise((done) => { transaction.oncomplete = done; });
  db.close();
}"""


def test_b4_after_a_day_a_file_carries_everything_once(
    new_phone: Callable[..., Phone], worker: Any, stage: Staging, tmp_path: Path
) -> None:
    number = dose(12, 120)
    notes = sorted(f"Note {n}." for n in range(number))
    phone = new_phone()
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, notes)
    page.evaluate(YESTERDAY)
    page.goto(QUEUE)
    expect(page.locator("[data-alert=old]")).to_contain_text("depuis plus de 24 heures")
    with page.expect_download() as download:
        page.locator("#queue-export").click()
    file = tmp_path / "outbox.scelle.json"
    download.value.save_as(file)
    assert "Note 1" not in file.read_text()

    desk = new_phone()
    desk.enter(make_member(worker.program, "coordinator").user)
    for _ in range(2):
        desk.page.goto("/journal/fichier-scelle/")
        desk.page.locator("main input[type=file]").set_input_files(file)
        desk.page.locator("main form [type=submit]").first.click()
        desk.page.wait_for_load_state()
        assert sorted(Entry.objects.values_list("note", flat=True)) == notes
    stage.calm()
    drain(phone)
    assert sorted(Entry.objects.values_list("note", flat=True)) == notes
    assert set(Entry.objects.values_list("worker", flat=True)) == {worker.pk}


def test_b7_the_queue_leaves_by_itself_on_a_slow_line(phone: Phone, worker: Any, stage: Staging) -> None:
    number = dose(60, 200)
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, [f"Note {n}, quelques mots de plus pour le poids." for n in range(number)])
    page.goto(QUEUE)
    tools = phone.line(400, offline=True)
    expect(page.locator("#queue-state")).to_contain_text(f"{number} interventions attendent")
    stage.calm()
    stage.seen.clear()
    began = time.monotonic()
    phone.line(400, tools=tools)
    eventually(lambda: bool(stage.requests(EXCHANGES)), seconds=20)
    started = stage.requests(EXCHANGES)[0][0] - began
    eventually(Entry.objects.count, number, 60)
    drained = time.monotonic() - began
    told("B7", entries=number, started_after_s=f"{started:.2f}", drained_after_s=f"{drained:.2f}")
    assert started <= 10
    assert drained <= 30
    expect(page.locator("#queue-state")).to_contain_text("Rien n'attend")
