"""A server of the synchronization protocol in the test's own hands: it answers what the test tells it to.

It stands in front of the product by Playwright's routes, so that each row of the tables of docs/reference/sync-protocol.md
can be answered at will. What arrives is opened and verified by the product's own code.
"""

import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, Request, Route

from maillage.journal.sync import sealing
from maillage.journal.sync.protocol import Operation

ROOT = Path(__file__).resolve().parents[2]
OPS, MAILBOX, DEVICES = "/api/sync/v1/ops", "/api/sync/v1/mailbox", "/api/sync/v1/devices"
Answerer = Callable[[dict[str, Any]], tuple[int, Any] | tuple[int, Any, dict[str, str]] | None]


@cache
def probe() -> str:
    """The engine bundled for the tests, as the product's own build does it."""
    command = ["node", "node_modules/esbuild/bin/esbuild", "tests/browser/field_probe.js"]
    options = ["--bundle", "--format=esm", "--target=es2020", "--log-level=warning"]
    return subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, text=True).stdout


class FieldServer:
    """What the device is told; `asked` is what it sent, `(path, body)`."""

    def __init__(self, context: BrowserContext) -> None:
        self.epoch = "first-life"
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.devices: dict[str, bytes] = {}
        self.received: dict[str, Operation] = {}
        self.answerers: dict[str, Answerer] = {}
        self.seen: dict[str, set[int]] = {}
        context.route("**/api/sync/v1/**", self._route)
        context.route("**/static/field_probe.js", self._probe)
        # The page's own exchanges would come between the steps of a test.
        context.route("**/static/build/field.*", lambda route: route.fulfill(body="", content_type="text/javascript"))

    def answer(self, path: str, answerer: Answerer) -> None:
        """Let `answerer(body)` give `(status, data)` at `path`, `(status, data, headers)`, or None for the usual answer."""
        self.answerers[path] = answerer

    def bodies(self, path: str) -> list[dict[str, Any]]:
        """What was sent to `path`, in order."""
        return [body for asked, body in self.asked if asked == path]

    def content(self, operation: dict[str, Any], device: str) -> Any:
        """What a sealed operation says, once its signature holds."""
        read = _operation(operation)
        uid = UUID(device)
        assert sealing.signature_holds(self.devices[device], sealing.unb64(read.signature), read.signed_text(uid)), (
            "the signature does not hold"
        )
        return json.loads(sealing.unseal(sealing.unb64(read.body), read.sealed_for(uid), read.seal))

    def _probe(self, route: Route) -> None:
        route.fulfill(body=probe(), content_type="text/javascript")

    def _route(self, route: Route, request: Request) -> None:
        path = request.url.split("://", 1)[1].split("/", 1)[1]
        body = json.loads(request.post_data or "{}")
        self.asked.append((f"/{path}", body))
        answerer = self.answerers.get(f"/{path}")
        given = answerer(body) if answerer else None
        status, data, *rest = given if given is not None else self._usual(f"/{path}", body)
        if status == 0:
            route.abort()
            return
        text = data if isinstance(data, str) else json.dumps(data)
        kind = "text/html" if isinstance(data, str) else "application/json"
        route.fulfill(status=status, body=text, content_type=kind, headers=rest[0] if rest else {})

    def _usual(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        key, public = sealing.sealing_key()
        told = {"epoch": self.epoch, "sealing": {"key": key, "public": sealing.b64(public)}}
        if path == DEVICES:
            self.devices[body["device"]] = sealing.unb64(body["public_key"])
            return 200, {**told, "device": body["device"], **self.numbers(body["device"])}
        if body["epoch"] != self.epoch:
            return 409, {"error": "epoch", "epoch": self.epoch, "sentence": ""}
        results = [self._take(operation, body["device"]) for operation in body["ops"]]
        return 200, {**told, "results": results, **self.numbers(body["device"])}

    def _take(self, operation: dict[str, Any], device: str) -> dict[str, Any]:
        known = operation["op"] in self.received
        self.received[operation["op"]] = _operation(operation)
        self.seen.setdefault(device, set()).add(operation["seq"])
        return {"op": operation["op"], "status": "duplicate" if known else "applied", "revision": 1}

    def numbers(self, device: str) -> dict[str, Any]:
        """`contiguous`, `missing` and `highest` of what was received."""
        seen = self.seen.get(device, set())
        highest = max(seen, default=0)
        absent = [number for number in range(1, highest + 1) if number not in seen]
        contiguous = (absent[0] - 1) if absent else highest
        return {"contiguous": contiguous, "missing": [[number, number] for number in absent], "highest": highest}


def load_probe(page: Page) -> None:
    """Give the page the engine as `field`."""
    page.evaluate("import('/static/field_probe.js').then(() => null)")


def _operation(sent: dict[str, Any]) -> Operation:
    return Operation(**{**sent, "op": UUID(sent["op"]), "entry": UUID(sent["entry"])})
