"""What every answer carries, and what is said when the disk or the database fails."""

import errno
import os
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for; pages that hold data are kept by no cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(self), interest-cohort=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response


class NoNullMiddleware:
    """A NUL character is never typed, and PostgreSQL takes it in no text: such a request is refused as a whole (400)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Raise `BadRequest` when a value of the address or of the form holds one."""
        for data in (request.GET, request.POST):
            if any("\0" in value for _name, values in data.lists() for value in values):
                raise BadRequest("NUL character")


class StorageTroubleMiddleware:
    """A full disk or a locked database answers 503, with what the person had typed kept in the page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a storage trouble, or None for any other exception."""
        return storage_trouble(request) if is_storage_trouble(exception) else None


def storage_trouble(request: HttpRequest) -> HttpResponse:
    """The page that keeps what was typed and offers to send it again."""
    response = render(request, "core/storage_trouble.html", {"typed": typed_in(request)}, status=503)
    response.headers["Retry-After"] = "5"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the form that was sent, without what must not be shown again."""
    try:
        lists = list(request.POST.lists())
    except (OSError, ValueError):  # the body cannot be read again
        return []
    return [(key, value) for key, values in lists for value in values if _worth_keeping(key)]


def _worth_keeping(key: str) -> bool:
    return key not in ("csrfmiddlewaretoken", "credential", "code") and "password" not in key


def is_storage_trouble(exception: BaseException | None) -> bool:
    """Whether a full disk or a database that cannot be written or reached is what went wrong."""
    while exception is not None:
        if isinstance(exception, OperationalError):
            return True
        if isinstance(exception, OSError) and exception.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return True
        # DuckDB tells a full disk in words only, with an exception of its own.
        if type(exception).__module__ in ("duckdb", "_duckdb") and os.strerror(errno.ENOSPC) in str(exception):
            return True
        exception = exception.__cause__
    return False
