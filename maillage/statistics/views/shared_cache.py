"""Pages that anybody may read and any cache may keep for a while."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from maillage import __version__
from maillage.core.context import THEME_COOKIE
from maillage.statistics.models import Release

# A version does not change, but it may be corrected or withdrawn and must then say so: caches ask again after a while.
VERSION, IN_FORCE, LIST = 3600, 300, 60


def etag_of(request: HttpRequest, *parts: object) -> str:
    """A tag that changes with what the page says (`parts`), with how it is shown and with the product itself."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    shown = (__version__, get_language(), theme, request.get_host(), request.get_full_path(), *parts)
    return f'W/"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'


def of_release(release: Release, history: list[Release]) -> tuple[object, ...]:
    """What a page of `release` depends on: its own content, and what became of it and of its other versions."""
    return (release.pk, release.digest, *((other.version, other.state, other.note) for other in history))


def kept(
    request: HttpRequest, parts: tuple[object, ...], seconds: int, make: Callable[[], HttpResponse], when: float = 0
) -> HttpResponse:
    """The answer that `make` gives, with what lets a cache keep it `seconds` and ask whether it changed.

    A person who signed in reads it under a frame of their own: no cache keeps that.
    """
    if request.user.is_authenticated:
        return make()
    etag = etag_of(request, *parts)
    conditional = get_conditional_response(request, etag=etag)
    response = conditional or make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
        if when:
            response.headers["Last-Modified"] = http_date(when)
    patch_vary_headers(response, ["Cookie"])
    return response
