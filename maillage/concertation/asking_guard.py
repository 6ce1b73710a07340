"""A page without account takes a few messages from one address, then asks to wait."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST, FORGET = 10, 3600  # messages from one address, in so many seconds


def may_ask(request: HttpRequest) -> bool:
    """Whether this address may send another message now."""
    return bool(cache.get(_key(request), 0) < MOST)


def note_asked(request: HttpRequest) -> None:
    """Count a message."""
    key = _key(request)
    if not cache.add(key, 1, FORGET):
        try:
            cache.incr(key)
        except ValueError:  # it was forgotten between the two
            cache.add(key, 1, FORGET)


def _key(request: HttpRequest) -> str:
    return f"concertation:asked:{get_adapter().get_client_ip(request)}"
