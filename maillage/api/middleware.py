"""What stands before every address of the API: size, form, places; and JSON for whatever goes wrong behind."""

import json
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from maillage.journal.sync.protocol import MAX_BYTES

from .admission import doorkeeper
from .listening import notice_gone
from .problems import Problem, usual

PREFIX, PLACED = "/api/", "/api/sync/"
MOST_SWALLOWED = 16 * MAX_BYTES


class ApiMiddleware:
    """Refuses early what need not be read, and answers JSON where the rest of the product answers a page.

    It stands before the session: a device that is turned away costs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        notice_gone()
        try:
            with translation.override(settings.LANGUAGE_CODE):
                if not request.path_info.startswith(PLACED):
                    return as_json(self.get_response(request))
                with doorkeeper.place():  # whatever is read of a body, if only to be forgotten, is read in a place
                    require_readable(request)
                    return as_json(self.get_response(request))
        except Problem as refusal:
            say_where(request)
            return refusal.response()


def require_readable(request: HttpRequest) -> None:
    """Refuse a body that is too large, of unknown length, or not JSON, before anything is done with it."""
    if request.method != "POST":
        return
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        raise Problem(411, "length", _("La longueur du contenu (Content-Length) doit être dite."))
    if len(length) > 9 or int(length) > MAX_BYTES:
        swallow(request, length)
        raise Problem(413, "too_large", _("L'envoi dépasse 256 Kio : envoyez moins d'opérations."), bytes=MAX_BYTES)
    if (
        request.content_type != "application/json"
        or request.META.get("HTTP_CONTENT_ENCODING", "identity") != "identity"
    ):
        raise Problem(415, "not_json", _("Le contenu doit être du JSON, sans compression (application/json)."))


def swallow(request: HttpRequest, length: str) -> None:
    """Read a body that is somewhat too large, and forget it: the line of a sender who is still writing would be cut, and
    the refusal lost with it."""
    if len(length) > 9 or int(length) > MOST_SWALLOWED:
        return
    with suppress(OSError):
        while request.read(MAX_BYTES):
            pass


def as_json(response: HttpResponse) -> HttpResponse:
    """The same status and headers, with a JSON body in the place of a page that tells an error."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    error, sentence = usual(response.status_code)
    response.content = json.dumps({"error": error, "sentence": sentence}, ensure_ascii=False).encode()
    response.headers["Content-Type"] = "application/json"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def say_where(request: HttpRequest) -> None:
    """Let the access log name the address of a request that went no further."""
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return
