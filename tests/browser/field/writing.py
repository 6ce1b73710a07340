"""What a worker does on a phone, and what stands for many days of it."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from . import mutants
from .phone import Phone
from .stage import Staging, staging

NEW, QUEUE = "/journal/nouvelle/", "/journal/terrain/"
PIN = "246813"
EXCHANGES = "POST /api/sync/v1/(ops|mailbox)"
FORM = "POST /journal/nouvelle/"

# The engine in a bundle of its own, reached as `field.<module>.<name>`: what writes two hundred entries without a form.
PROBE = "\n".join(
    [
        f"import * as {name} from './field/{name}.js';"
        for name in ("ids", "outbox", "profile", "sealing", "sync", "vault")
    ]
    + [
        "import { exportFile } from './field/export.js';",
        "import { closeDatabase } from './field/database.js';",
        "globalThis.field = { ids, outbox, profile, sealing, sync, vault, exportFile, closeDatabase };",
    ]
)
FIELDS = """() => {
  const fields = {};
  for (const [name, value] of new FormData(document.getElementById("entry-form"))) {
    if (["csrfmiddlewaretoken", "do", "uid", "programme", "revision"].includes(name)) continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  const data = JSON.parse(document.getElementById("field-data").textContent);
  return { person: data.person, secret: data.secret, program: data.programs[0].slug, fields };
}"""
# Ten minutes pass without a word of the server.
SILENCE = """async () => {
  const asked = indexedDB.open("maillage");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const transaction = db.transaction("devices", "readwrite");
  const store = transaction.objectStore("devices");
  store.getAll().onsuccess = (event) => {
    for (const device of event.target.result) store.put({ ...device, heardAt: Date.now() - 600_000 });
  };
  await new Promise((done) => { transaction.oncomplete = done; });
  db.close();
}"""
KEEP = """async ([told, notes]) => {
  await field.vault.openWithSession(told.person, told.secret);
  for (const note of notes) {
    const content = { fields: { ...told.fields, note }, acknowledged: false };
    const entry = field.ids.uuid7();
    await field.outbox.keep({ person: told.person, program: told.program, kind: "create", entry, content, title: note });
  }
}"""
ENROLLED = """async () => {
  const asked = indexedDB.open("maillage");
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const read = db.objectStoreNames.contains("devices") && db.transaction("devices").objectStore("devices").getAll();
  const all = await new Promise((done) => { if (read) read.onsuccess = () => done(read.result); else done([]); });
  db.close();
  return all.some((device) => device.person === document.body.dataset.person && device.sealing);
}"""


def eventually(found: Callable[[], Any], wanted: Any = True, seconds: float = 30) -> float:
    """Wait until `found()` gives `wanted`, and say how long it took; the last thing it gave is in the message."""
    began = time.monotonic()
    while (last := found()) != wanted:
        assert time.monotonic() - began < seconds, f"{last!r} and not {wanted!r} after {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


def open_form(phone: Phone) -> Page:
    """The form as the server gives it, the device known to the server."""
    goto_form(phone.page)
    eventually(lambda: phone.page.evaluate(ENROLLED))
    return phone.page


def goto_form(page: Page) -> None:
    """The form as the server gives it: on a busy machine the phone may open its own meanwhile, after 2.5 s."""
    page.goto(NEW)
    for _ in range(10):
        if page.locator("body[data-person]").count():
            return
        page.reload()


def fill(page: Page, note: str = "") -> None:
    """The smallest entry that the rules accept, by script: it is the save that is tried."""
    page.evaluate(
        """(note) => {
          for (const name of ["site", "nature"]) {
            const box = document.querySelector(`[name=${name}]`);
            box.checked = true;
            box.dispatchEvent(new Event("change", { bubbles: true }));
          }
          const field = document.getElementById("f-note");
          field.value = note;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        note,
    )


def tap_save(page: Page) -> None:
    """Tap the button of the form."""
    page.locator(".savebar [type=submit]").click()


def kept(page: Page) -> None:
    """Wait until the device says that it keeps the entry."""
    expect(page.locator("#entry-kept")).to_be_visible()
    expect(page.locator("#kept-title")).to_have_text("Enregistré sur l'appareil")


def no_server(stage: Staging) -> None:
    """The server answers neither the form nor the exchanges: what is saved stays on the phone."""
    stage.answer(FORM, 503)
    stage.answer(EXCHANGES, 503)


def load_probe(page: Page, changes: tuple[mutants.Change, ...] = ()) -> None:
    """Give the page the engine as `field`."""
    staging.bundles["probe"] = mutants.bundles(changes, PROBE)["probe"]
    page.evaluate("import('/static/build/probe.js').then(() => null)")


def keep_many(page: Page, notes: list[str]) -> None:
    """Keep entries with these notes, as the form that is open would."""
    fill(page)
    told = page.evaluate(FIELDS)
    load_probe(page)
    page.evaluate(KEEP, [told, notes])


def operations(phone: Phone, page: Page | None = None) -> list[dict[str, Any]]:
    """Operations that the phone holds, in any state."""
    return phone.stored(page).get("maillage", {}).get("stores", {}).get("operations", [])


def waiting(phone: Phone, page: Page | None = None) -> int:
    """How many operations wait on the phone."""
    return sum(operation["state"] == "waiting" for operation in operations(phone, page))


def drain(phone: Phone, seconds: float = 60) -> None:
    """Open the queue, and tap « Envoyer maintenant » until nothing waits."""
    phone.page.goto(QUEUE)

    def left() -> int:
        press_send(phone.page)
        return waiting(phone)

    eventually(left, 0, seconds)


def press_send(page: Page) -> None:
    """Tap « Envoyer maintenant »; by script, since the button goes away once nothing waits."""
    page.evaluate("document.getElementById('queue-send').click()")
