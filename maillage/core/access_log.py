"""The access log: what was asked of the product and how it answered, never who asked nor what they typed.

A line holds the time, the method, the route's pattern (not the address, which could name a thing), the status, the
duration in milliseconds and the size. Each day has its file, and old files are removed.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

KEPT_DAYS = 30
_NAME = "access-%Y-%m-%d.jsonl"


class AccessLogMiddleware:
    """Write a line a request. A log that cannot be written never stops an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        if request.resolver_match is not None:
            _append(line(request, response, time.perf_counter() - started))
        return response


def line(request: HttpRequest, response: HttpResponse, seconds: float) -> str:
    """The line of a request that was answered in `seconds`."""
    return json.dumps(
        {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": request.method,
            "route": request.resolver_match.route if request.resolver_match else "",
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "bytes": None if response.streaming else len(response.content),
        }
    )


def _append(text: str) -> None:
    try:
        # One write on a file opened for appending: lines of several processes do not mix.
        target = os.open(
            Path(settings.LOG_ROOT) / datetime.now(UTC).strftime(_NAME), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
        )
        try:
            os.write(target, f"{text}\n".encode())
        finally:
            os.close(target)
    except OSError:
        pass


def make_room() -> None:
    """Make the folder of the logs, and remove the files older than `KEPT_DAYS` days."""
    folder = Path(settings.LOG_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    oldest = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).strftime(_NAME)
    for path in folder.glob("access-*.jsonl"):
        if path.name < oldest:
            path.unlink(missing_ok=True)
