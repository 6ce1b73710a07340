"""How the HSDS API answers: to every origin, to be kept a minute, with an ETag; and never more than it can give."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from maillage.api.problems import Problem

METHODS = "GET, HEAD, POST, OPTIONS"
MOST_A_MINUTE = 600  # of one address, in one process: a page counts 1, a page in full 5, a stream 30
PAGE, IN_FULL, STREAM = 1, 5, 30
MOST_ADDRESSES = 20_000
SILENCE = 30.0  # seconds after which a stream that gave nothing no longer holds the place
View = Callable[..., HttpResponseBase]


class Meter:
    """What each address took in this minute; nothing is asked of the database or of another process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute, self._taken = 0, dict[str, int]()

    def take(self, address: str, cost: int) -> None:
        """Count, or raise the 429 that says when to come back."""
        now = time.time()
        with self._lock:
            if int(now // 60) != self._minute or len(self._taken) > MOST_ADDRESSES:
                self._minute, self._taken = int(now // 60), {}
            taken = self._taken.get(address, 0)
            if taken + cost > MOST_A_MINUTE:
                raise _later(60 - int(now % 60))
            self._taken[address] = taken + cost

    def forget(self) -> None:
        """Begin again with nobody counted."""
        with self._lock:
            self._taken = {}


class Place:
    """The one place of this process for a stream: taken until it closes, or gives nothing for half a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    def take(self) -> None:
        """Hold the place, or raise the 429 that says when to come back."""
        with self._lock:
            if time.monotonic() < self._until:
                raise _later(10)
            self._until = time.monotonic() + SILENCE

    def keep(self) -> None:
        """Say that the stream still gives."""
        self._until = time.monotonic() + SILENCE

    def leave(self) -> None:
        """Give the place back."""
        self._until = 0.0


class Lines:
    """Objects as lines of JSON; the place is given back whether the reader stays to the end or not."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        row = next(self._rows)
        place.keep()
        return encoded(row) + b"\n"

    def close(self) -> None:
        """End, perhaps before the end."""
        if isinstance(self._rows, Generator):
            self._rows.close()
        place.leave()


meter, place = Meter(), Place()


def door(view: View) -> View:
    """An address of the API: no session, no token, French sentences, every origin, refusals in JSON."""

    @wraps(view)
    def answered(request: HttpRequest, **told: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                response = _admit(request) or view(request, **told)
            except Problem as refusal:
                response = refusal.response()
                if refusal.status == 405:
                    response.headers["Allow"] = METHODS
        return opened(response)

    return login_not_required(csrf_exempt(answered))


def count(request: HttpRequest, cost: int) -> None:
    """Count what a request takes."""
    meter.take(get_adapter().get_client_ip(request) or "", cost)


def said(request: HttpRequest, value: Any) -> HttpResponseBase:
    """The answer that says `value`; 304 when the reader has it already."""
    response = HttpResponse(encoded(value), content_type="application/json")
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, max-age=60"
    if request.method == "POST":
        return response
    return get_conditional_response(request, etag=tag, response=response) or response


def streamed(request: HttpRequest, rows: Callable[[], Iterable[Any]]) -> HttpResponseBase:
    """All the objects, one a line. One stream at a time in a process: pages keep answering."""
    count(request, STREAM)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/x-ndjson")
    place.take()
    response = StreamingHttpResponse(Lines(rows()), content_type="application/x-ndjson")
    response.headers["Cache-Control"] = "no-store"
    return response


def encoded(value: Any) -> bytes:
    """JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, for a page of any origin; no cookie is ever asked for."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _admit(request: HttpRequest) -> HttpResponse | None:
    """The answer to a browser that asks whether it may; None to go on. Raises for other methods, and for too many."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
        return response
    if request.method not in ("GET", "HEAD", "POST"):
        raise Problem(405, "method", _("Cette adresse ne répond pas à cette méthode : lisez-la avec GET."))
    count(request, PAGE)
    return None


def _later(seconds: int) -> Problem:
    said = _("Beaucoup de demandes viennent de cette adresse : reprenez dans un moment.")
    return Problem(429, "busy", said, retry_after=max(1, seconds))
