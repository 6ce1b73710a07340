"""The language of each page, and what an exchange of fragments answers when the session has ended."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation


class LanguageMiddleware:
    """French first: the browser's own preference is not asked, so that a public page reads the same for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en-CA" if language == "en" else "fr-CA")
        return response

    @staticmethod
    def language_of(request: HttpRequest) -> str:
        """The code of the language in which `request` is answered."""
        chosen = request.user.language if request.user.is_authenticated else ""
        chosen = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SessionEndedMiddleware:
    """An exchange of fragments that is sent to the door moves the whole page there, to come back to the same page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        if "HX-Request" not in request.headers or urlsplit(response.headers.get("Location", "")).path != door:
            return response
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{here.path}?{here.query}" if here.query else here.path
        moved = HttpResponse(status=200)
        moved.headers["HX-Redirect"] = f"{door}?{urlencode({REDIRECT_FIELD_NAME: back or '/'})}"
        return moved
