"""What the frame of every page needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from maillage import __version__

from .navigation import bottom_bar, menu

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu of this person, built only when a template asks for it, and how the page is shown."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "bottom_bar": SimpleLazyObject(lambda: bottom_bar(request)),
        "theme": theme if theme in THEMES else "auto",
        "version": __version__,
    }
