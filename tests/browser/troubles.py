"""What a browser complains of: errors of scripts, refusals of the content policy, files that are missing."""

import re

from playwright.sync_api import ConsoleMessage, Page

# What a machine without a graphics card says of maps: nothing of ours.
OF_THE_MACHINE = [r"GL Driver Message", r"software WebGL"]


class Troubles:
    """Gathers complaints of a page, but for those that a test said it expects."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.allowed: list[str] = [*OF_THE_MACHINE]

    def listen(self, page: Page) -> None:
        """Follow everything that `page` complains of from now on."""
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{page.url}: {message.text} {message.location.get('url', '')}")

    def allow(self, pattern: str) -> None:
        """Expect complaints that match this regular expression."""
        self.allowed.append(pattern)

    @property
    def found(self) -> list[str]:
        """Complaints that nobody expected."""
        return [text for text in self.seen if not any(re.search(pattern, text) for pattern in self.allowed)]
