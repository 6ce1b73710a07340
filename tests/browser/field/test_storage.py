"""The storage of the browser: refused, full, taken away, closed under our feet (B1, B2, B3, B5)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from maillage.journal.models import Entry

from .doses import SEED, dose, told
from .phone import Phone
from .stage import Staging
from .writing import (
    FIELDS,
    KEEP,
    QUEUE,
    drain,
    eventually,
    fill,
    goto_form,
    keep_many,
    kept,
    load_probe,
    no_server,
    open_form,
    operations,
    tap_save,
    waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)
PROMISE = "navigator.storage.persist = async () => {0}; navigator.storage.persisted = async () => {0};"


@pytest.mark.parametrize("promised", [True, False])
def test_b1_what_the_browser_promises_is_shown(phone: Phone, worker: Any, stage: Staging, promised: bool) -> None:
    phone.context.add_init_script(PROMISE.format(str(promised).lower()))
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    fill(page, "À garder.")
    tap_save(page)
    kept(page)
    page.goto(QUEUE)
    alert = page.locator("[data-alert=persisted]")
    done = page.locator("[data-step=persisted] [data-done]")
    if promised:
        expect(done).to_be_visible()
        expect(alert).to_be_hidden()
    else:
        expect(alert).to_contain_text("Le navigateur pourrait effacer ce qui attend")
        expect(done).to_be_hidden()
        page.locator("#prepare-persist").click()
        expect(page.locator("#prepare-said")).to_contain_text("ne l'a pas promis")


def test_b2_a_full_storage_says_so_and_the_text_stays(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    fill(page, "Première.")
    tap_save(page)
    kept(page)
    phone.restart()  # a running browser believes for half a minute in the space that it counted before
    page = phone.page
    page.goto("/readyz")
    phone.quota(200_000)
    page.evaluate(
        "caches.open('photos').then((cache) => cache.put('/photos', new Response('p'.repeat(190000)))).catch(() => {})"
    )
    goto_form(page)
    fill(page, "À garder à l'écran.")
    tap_save(page)
    expect(page.locator("#entry-trouble")).to_be_visible()
    expect(page.locator("#entry-trouble")).to_contain_text("n'a plus de place")
    expect(page.locator("#f-note")).to_have_value("À garder à l'écran.")
    expect(page.locator("#f-note")).to_be_visible()
    expect(page.locator("#entry-kept")).to_be_hidden()
    assert waiting(phone) == 1
    phone.quota(None)
    tap_save(page)
    kept(page)
    stage.calm()
    drain(phone)
    eventually(lambda: sorted(Entry.objects.values_list("note", flat=True)), ["Première.", "À garder à l'écran."])


def test_b3_an_evicted_outbox_is_noticed_at_the_next_start(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, ["Une.", "Deux.", "Trois."])
    page.goto(QUEUE)
    expect(page.locator("#queue-list > li")).to_have_count(3)
    phone.evict()
    stage.calm()
    page.goto(QUEUE)
    expect(page.locator("[data-alert=gap]")).to_contain_text("ne sont jamais arrivées")


def test_b3_numbers_that_the_server_misses_raise_the_alert(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, ["Une.", "Deux.", "Trois."])
    [lost] = [operation["op"] for operation in operations(phone) if operation["seq"] == 2]
    page.evaluate(
        """async (op) => {
          const asked = indexedDB.open("maillage");
          const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
          const transaction = db.transaction("operations", "readwrite");
          transaction.objectStore("operations").delete(op);
          await new Promise((done) => { transaction.oncomplete = done; });
          db.close();
        }""",
        lost,
    )
    stage.calm()
    drain(phone)
    eventually(Entry.objects.count, 2)
    expect(page.locator("[data-alert=gap]")).to_contain_text("ne sont jamais arrivées")
    assert worker.user.devices.get().contiguous == 1


# What iOS does under memory pressure: connections close, transactions end, and not by anybody's wish.
PRESSURE = """(seed) => {
  let state = seed;
  const random = () => { state = (state * 1103515245 + 12345) % 2147483648; return state / 2147483648; };
  const begin = IDBDatabase.prototype.transaction;
  globalThis.accidents = 0;
  IDBDatabase.prototype.transaction = function (...words) {
    const chance = random();
    if (chance < 0.25) {
      accidents += 1;
      this.close();
    }
    const transaction = begin.apply(this, words);
    if (chance > 0.8) {
      accidents += 1;
      setTimeout(() => { try { transaction.abort(); } catch { /* it ended before */ } });
    }
    return transaction;
  };
}"""


def test_b5_connections_closed_by_force_lose_nothing(phone: Phone, worker: Any, stage: Staging) -> None:
    number = dose(30, 200)
    phone.troubles.allow("AbortError")  # the accident itself, as the browser tells it
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    fill(page)
    words = page.evaluate(FIELDS)
    load_probe(page)
    page.evaluate(PRESSURE, SEED)
    notes, saved = [f"Note {n}." for n in range(number)], []
    for note in notes:
        for _ in range(6):  # a person whose save was refused sees it, and taps again
            error = page.evaluate(f"(given) => ({KEEP})(given).then(() => '', (error) => error.name)", [words, [note]])
            if not error:
                saved.append(note)
                break
    told("B5", saves=len(saved), accidents=page.evaluate("accidents"))
    assert len(saved) == number
    stage.calm()
    drain(phone)
    assert sorted(Entry.objects.values_list("note", flat=True)) == sorted(notes)
