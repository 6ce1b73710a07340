"""What the frame of every page needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .navigation import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu of this person; built only when a template asks for it."""
    return {"menu": SimpleLazyObject(lambda: menu(request))}
