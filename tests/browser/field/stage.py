"""What stands between the browser and the product: answers that fail, answers that get lost, bundles with a planted bug.

It is a middleware in front of all others, so that pages and service workers meet the same faults.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

BUNDLE = re.compile(r"^/static/build/(?P<stem>[\w-]+)(\.[0-9a-f]{12})?\.js$")


@dataclass
class Fault:
    """What happens to requests whose method and path match: a status given in place of the product, or an answer lost."""

    pattern: re.Pattern[str]
    status: int = 0
    lost: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    left: int = 10_000

    def meets(self, request: HttpRequest) -> bool:
        return self.left > 0 and bool(self.pattern.search(f"{request.method} {request.path}"))


@dataclass
class Staging:
    """What a test asked of the stage; emptied after each test. `bundles` by their stem, or by their whole path."""

    bundles: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[float, str, int]] = field(default_factory=list)

    def answer(self, pattern: str, status: int, times: int = 10_000, **headers: str) -> Fault:
        """Give `status` to requests that match `METHOD /path`; the product does not see them."""
        fault = Fault(re.compile(pattern), status=status, headers=headers, left=times)
        self.faults.append(fault)
        return fault

    def lose(self, pattern: str, times: int = 10_000) -> Fault:
        """Let the product work, then cut its answer half-way."""
        fault = Fault(re.compile(pattern), lost=True, left=times)
        self.faults.append(fault)
        return fault

    def calm(self) -> None:
        """No fault any more; replaced bundles stay."""
        self.faults.clear()

    def clear(self) -> None:
        """The product as it is."""
        self.calm()
        self.bundles.clear()
        self.seen.clear()

    def requests(self, pattern: str) -> list[tuple[float, str, int]]:
        """Requests that came: instant (`time.monotonic`), `METHOD /path`, status given (0 where it was lost)."""
        return [line for line in list(self.seen) if re.search(pattern, line[1])]


staging = Staging()


class Stage:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        came = time.monotonic()
        response = self._answer(request)
        staging.seen.append((came, f"{request.method} {request.path}", response.status_code))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        found = BUNDLE.match(request.path)
        replaced = staging.bundles.get(found["stem"] if found else request.path)
        if replaced is not None:
            headers = {"Cache-Control": "no-cache", "Content-Type": "text/javascript; charset=utf-8"}
            return HttpResponse(replaced, headers=headers)
        for fault in list(staging.faults):
            if fault.meets(request):
                fault.left -= 1
                if not fault.lost:
                    request.body  # noqa: B018 (an unread body would be taken for the next request of the connection)
                    return HttpResponse("fault of the stage", status=fault.status, headers=fault.headers)
                return _cut(request, self.get_response(request))
        return self.get_response(request)


def _cut(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    whole = b"".join(response)  # type: ignore[arg-type]
    line = request.environ["wsgi.input"]._read.__self__.raw._sock

    def half() -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        line.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError

    return StreamingHttpResponse(half(), headers={"Content-Length": str(len(whole) + 1)})
