"""A worker's phone in a browser: the form, the network that comes and goes, and what waits on the device."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from .sizes import PHONE

NEW, QUEUE = "/journal/nouvelle/", "/journal/terrain/"
PIN = "246813"
# What the browser itself says of a network that is gone; and statuses that a test brings about.
OF_THE_NETWORK = r"ERR_INTERNET_DISCONNECTED|net::ERR_|Failed to fetch|fetching the script|blocked by Playwright"


def eventually(found: Callable[[], Any], wanted: Any = True, seconds: float = 10) -> None:
    """Wait until `found()` gives `wanted`; the last thing it gave is in the message."""
    deadline = time.monotonic() + seconds
    while (last := found()) != wanted:
        assert time.monotonic() < deadline, f"{last!r} and not {wanted!r} after {seconds} s"
        time.sleep(0.05)


def enrolled(page: Page) -> None:
    """Wait until the server knows this device, so that it can write without network."""
    eventually(
        lambda: page.evaluate(
            """async () => {
              if (!(await indexedDB.databases()).some(({ name }) => name === 'maillage')) return false;
              const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
              const all = await new Promise((done) => {
                const asked = db.transaction('devices').objectStore('devices').getAll(); asked.onsuccess = () => done(asked.result); });
              db.close();
              return all.some((device) => device.person === document.body.dataset.person && device.sealing !== null);
            }"""
        ),
        seconds=30,
    )


def tap(page: Page, name: str, kind: str = "radio") -> None:
    """Choose one of the form's choices."""
    page.get_by_role(kind, name=name, exact=True).check()  # type: ignore[arg-type]


def fill(page: Page, note: str = "") -> None:
    """The smallest entry that the rules accept."""
    tap(page, "Coopérative des Érables")
    tap(page, "Individualisée")
    if note:
        page.locator("#f-note").fill(note)


def save(page: Page) -> None:
    """Tap the button of the form."""
    page.locator(".savebar [type=submit]").click()


def kept(page: Page) -> None:
    """Wait until the device says that it keeps the entry."""
    expect(page.locator("#entry-kept")).to_be_visible(timeout=20_000)
    expect(page.locator("#kept-title")).to_have_text("Enregistré sur l'appareil")


def operations(page: Page) -> list[dict[str, Any]]:
    """What the device holds, as it lies in its database, without what is sealed."""
    return page.evaluate(
        """async () => {
          const db = await new Promise((done) => { const asked = indexedDB.open('maillage'); asked.onsuccess = () => done(asked.result); });
          const all = await new Promise((done) => {
            const asked = db.transaction('operations').objectStore('operations').getAll(); asked.onsuccess = () => done(asked.result); });
          db.close();
          return all.map(({op, seq, entry, kind, base, state, result}) => ({op, seq, entry, kind, base, state, result}));
        }"""
    )


def open_form(context: BrowserContext, page: Page) -> None:
    """The form on a phone, the device known to the server. A machine that does everything at once is given time."""
    page.set_default_timeout(30_000)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(NEW)
    enrolled(page)


def set_pin(page: Page, pin: str = PIN) -> None:
    """Prepare the device: a PIN, and the forms kept."""
    page.goto(QUEUE)
    page.locator("#pin-new").fill(pin)
    page.locator("#pin-again").fill(pin)
    page.get_by_role("button", name="Enregistrer le NIP").click()
    expect(page.locator("#prepare-said")).to_have_text("Votre NIP est enregistré.")
