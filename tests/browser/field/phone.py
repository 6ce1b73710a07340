"""A phone: Chromium with a profile on disk, and the accidents that happen to phones."""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client
from playwright.sync_api import BrowserContext, CDPSession, Error, Page, expect

from tests.browser.troubles import Troubles

# What a phone without network complains of: nothing of ours.
OF_THE_NETWORK = [r"net::ERR_", r"Failed to fetch", r"Failed to load resource"]

DUMP = """async () => {
  const found = {};
  for (const { name, version } of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    found[name] = { version, stores: {} };
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((done, fail) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
      const bytes = (value) => Array.from(new Uint8Array(value.buffer ?? value), (byte) => byte.toString(16).padStart(2, "0")).join("");
      const plain = (key, value) => {
        if (value instanceof CryptoKey) return { key: value.type, extractable: value.extractable, algorithm: value.algorithm.name };
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytes(value);
        return value;
      };
      found[name].stores[store] = JSON.parse(JSON.stringify(rows, plain));
    }
    db.close();
  }
  return found;
}"""


class Phone:
    """One profile on disk and the browser that uses it. `page` is the last page that was opened."""

    def __init__(self, launch: Callable[[Path], BrowserContext], folder: Path, url: str, troubles: Troubles) -> None:
        self._launch, self.folder, self.url, self.troubles = launch, folder, url, troubles
        for pattern in OF_THE_NETWORK:
            troubles.allow(pattern)
        self.switch_on()

    # --- the device -------------------------------------------------------------------------------------------------

    def switch_on(self) -> None:
        """Start the browser on its profile."""
        self.context = self._launch(self.folder)
        self.context.set_default_timeout(45_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.troubles.listen(self.page)

    def switch_off(self) -> None:
        """Close the browser; the profile stays."""
        self.context.close()

    def restart(self) -> None:
        """Close the browser and open it again on the same profile (cookies of the session survive, as on a phone)."""
        cookies = self.context.cookies()
        self.switch_off()
        self.switch_on()
        self.context.add_cookies(cookies)  # type: ignore[arg-type]

    def new_page(self) -> Page:
        """One more tab; it becomes `page`."""
        self.page = self.context.new_page()
        self.troubles.listen(self.page)
        return self.page

    # --- who uses it ------------------------------------------------------------------------------------------------

    def enter(self, user: Any) -> None:
        """Open that person's session without the sign-in page."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])

    def session_ends(self) -> None:
        """The server knows the person no more."""
        self.context.clear_cookies(name="sessionid")

    def sign_out(self) -> None:
        """Tap the button of the page that is open; where entries wait, the page asks first (`leave_them`)."""
        self.page.locator(".topbar details.menu summary").last.click()
        self.page.locator(".topbar").get_by_role("button", name="Se déconnecter").click()

    def leave_them(self) -> None:
        """« Se déconnecter et les laisser partir »."""
        self.page.locator("#signing-out [data-signing-out-leave]").click()
        expect(self.page.locator("body[data-person]")).to_have_count(0)

    # --- accidents --------------------------------------------------------------------------------------------------

    def devtools(self, page: Page | None = None) -> CDPSession:
        """A session of the browser's own tools on a page."""
        return self.context.new_cdp_session(page or self.page)

    def network(self, on: bool) -> None:
        """Cut or give back the network, for pages and workers; pages are told by `online` and `offline`."""
        self.context.set_offline(not on)

    def line(self, kilobits: int, offline: bool = False, tools: CDPSession | None = None) -> CDPSession:
        """The page's network at so many kbit/s both ways with 100 ms of delay, or cut; it lasts while `tools` lives."""
        rate = kilobits * 1000 / 8
        tools = tools or self.devtools()
        tools.send("Network.enable")
        conditions = {"offline": offline, "latency": 100, "downloadThroughput": rate, "uploadThroughput": rate}
        tools.send("Network.emulateNetworkConditions", conditions)
        return tools

    def slow_processor(self, rate: int) -> CDPSession:
        """The page's processor so many times slower, while what this gives lives."""
        tools = self.devtools()
        tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        return tools

    def quota(self, size: int | None) -> None:
        """Storage of the origin limited to `size` bytes, or as it was."""
        asked: dict[str, Any] = {"origin": self.url} | ({} if size is None else {"quotaSize": size})
        self._quota = self.devtools()  # the limit lasts as long as the session that set it
        self._quota.send("Storage.overrideQuotaForOrigin", asked)

    def evict(self) -> None:
        """The browser throws away what the origin stored, but for its cookies: what happens under storage pressure."""
        self.troubles.allow("Force close|AbortError")  # what open pages say of it
        kinds = "indexeddb,local_storage,cache_storage,service_workers,websql,file_systems"
        self.devtools().send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": kinds})

    def crash(self, page: Page | None = None, after: float = 0.0, begin: Callable[[], Any] = lambda: None) -> None:
        """The renderer of a page dies `after` so many seconds from when `begin` was called; a new tab takes its place."""
        page = page or self.page
        tools = self.devtools(page)
        with page.expect_event("crash"):
            begin()
            time.sleep(after)
            with contextlib.suppress(Error):  # a renderer that dies answers nothing
                tools.send("Page.crash", timeout=1)
        self.new_page()  # before the dead one closes: a browser without a window forgets the cookies of the session
        with contextlib.suppress(Error):
            page.close()

    # --- what it holds ----------------------------------------------------------------------------------------------

    def stored(self, page: Page | None = None) -> dict[str, Any]:
        """All that IndexedDB holds: `{database: {"version": n, "stores": {name: [rows]}}}`, bytes in hexadecimal."""
        return (page or self.page).evaluate(DUMP)

    def everything_readable(self, page: Page | None = None) -> str:
        """All that a script of the origin can read: IndexedDB, local and session storage, caches, as one text."""
        page = page or self.page
        script = """async () => {
          const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              kept.push(request.url, await (await cache.match(request)).text());
            }
          }
          return kept.join("\\n");
        }"""
        return json.dumps(self.stored(page), ensure_ascii=False) + page.evaluate(script)

    def grep(self, words: list[str]) -> dict[str, list[str]]:
        """Files of the profile that hold one of these words, as UTF-8 or UTF-16, raw."""
        found: dict[str, list[str]] = {}
        patterns = [(word, form) for word in words for form in (word.encode(), word.encode("utf-16-le"))]
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and not p.is_symlink()):
            try:
                data = path.read_bytes()
            except FileNotFoundError:  # Chromium is alive: it puts files of its own away while we read
                continue
            for word, form in patterns:
                if form in data:
                    found.setdefault(word, []).append(str(path.relative_to(self.folder)))
        return found
