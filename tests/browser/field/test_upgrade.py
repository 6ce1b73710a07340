"""The application of before, with a full outbox, becomes the one of today (B10)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from maillage.journal.models import Entry
from maillage.journal.shell import worker_script

from .doses import dose, told
from .phone import Phone
from .stage import Staging
from .writing import QUEUE, eventually, goto_form, keep_many, no_server, open_form, operations, waiting

pytestmark = pytest.mark.django_db(transaction=True)
# The database as the first version of the application made it: its rows are moved there as they are.
GO_BACK = """async () => {
  const open = (version, upgrade) => new Promise((done, fail) => {
    const asked = indexedDB.open("maillage", version);
    asked.onupgradeneeded = () => upgrade(asked.result);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const stores = ["operations", "devices", "vaults", "drafts", "cache"];
  const db = await open();
  const rows = {};
  for (const name of stores) {
    rows[name] = await new Promise((done) => {
      db.transaction(name).objectStore(name).getAll().onsuccess = (event) => done(event.target.result);
    });
  }
  db.close();
  await new Promise((done, fail) => {
    const asked = indexedDB.deleteDatabase("maillage");
    asked.onsuccess = done;  // once pages that the browser keeps for the button back have let go
    asked.onerror = () => fail(asked.error);
  });
  const first = await open(1, (made) => {
    made.createObjectStore("operations", { keyPath: "op" }).createIndex("queue", ["device", "state", "seq"]);
    made.createObjectStore("devices", { keyPath: "person" });
    made.createObjectStore("vaults", { keyPath: "person" });
    made.createObjectStore("drafts", { keyPath: ["person", "key"] }).createIndex("key", "key");
    made.createObjectStore("cache", { keyPath: ["person", "key"] });
  });
  const transaction = first.transaction(stores, "readwrite");
  for (const name of stores) for (const row of rows[name]) transaction.objectStore(name).put(row);
  await new Promise((done, fail) => { transaction.oncomplete = done; transaction.onerror = () => fail(transaction.error); });
  globalThis.held = first;  // the tab of before stays open, and does not know that it should let go
  return rows.operations.length;
}"""
# An upgrade that was cut half-way: the browser rolls it back, and the version that stood before stands.
CUT = """async () => {
  const asked = indexedDB.open("maillage", 2);
  return new Promise((done) => {
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("notes", { keyPath: "name" });
      asked.transaction.abort();
    };
    asked.onsuccess = () => done("upgraded");
    asked.onerror = () => done(asked.error.name);
    asked.onblocked = () => done("blocked");
  });
}"""


def test_b10_a_full_outbox_survives_the_upgrade_of_the_application(phone: Phone, worker: Any, stage: Staging) -> None:
    number = dose(60, 500)
    notes = sorted(f"Note {n}." for n in range(number))
    stage.bundles["/sw.js"] = worker_script().replace('"version": "', '"version": "before-').encode()
    phone.enter(worker.user)
    page = open_form(phone)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    no_server(stage)
    keep_many(page, notes)
    page.goto("/readyz")
    assert page.evaluate(GO_BACK) == number

    del stage.bundles["/sw.js"]
    stage.calm()
    old, new = page, phone.new_page()
    goto_form(new)
    new.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null)")
    expect(new.locator("#entry-form")).to_be_visible()
    assert new.evaluate("indexedDB.databases().then((all) => all[0].version)") == 1
    phone.crash(new)  # while its upgrade waits for the old tab
    old.close()
    page = phone.page
    page.goto("/readyz")
    assert page.evaluate(CUT) in ("AbortError", "upgraded")

    page.goto(QUEUE)
    eventually(lambda: phone.stored()["maillage"]["version"], 2)
    eventually(lambda: older_copies(page), 0)
    eventually(lambda: waiting(phone), 0, 60)
    told("B10", operations=number)
    assert len(operations(phone)) == number
    assert sorted(Entry.objects.values_list("note", flat=True)) == notes


def older_copies(page: Any) -> int:
    """How many copies of the application of before are kept, once a page was opened: it is pages that let them go."""
    page.goto(QUEUE)
    return page.evaluate("caches.keys().then((all) => all.filter((name) => name.includes('before')).length)")
