"""Codes are short enough to be dictated: whoever tries many is asked to wait."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MISSES, FORGET = 20, 600  # unknown codes from one address, in so many seconds


def may_try(request: HttpRequest) -> bool:
    """Whether this address may try a code now."""
    return bool(cache.get(_key(request), 0) < MISSES)


def note_miss(request: HttpRequest) -> None:
    """Count a code that opens nothing."""
    key = _key(request)
    if not cache.add(key, 1, FORGET):
        try:
            cache.incr(key)
        except ValueError:  # it was forgotten between the two
            cache.add(key, 1, FORGET)


def _key(request: HttpRequest) -> str:
    return f"journal:code:{get_adapter().get_client_ip(request)}"
