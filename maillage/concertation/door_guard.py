"""Pages that anybody may open without account: whoever sends much from one address is asked to wait."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

FORGET = 600  # seconds
# How many in that time, from one address: a whole room may share one (a community centre's network).
LIMITS = {"arrival": 40, "registration": 60}


def may_go_on(request: HttpRequest, what: str) -> bool:
    """Whether this address may try once more."""
    return bool(cache.get(_key(request, what), 0) < LIMITS[what])


def note_try(request: HttpRequest, what: str) -> None:
    """Count a try: an unknown code at a door, a registration without account."""
    key = _key(request, what)
    if not cache.add(key, 1, FORGET):
        try:
            cache.incr(key)
        except ValueError:  # it was forgotten between the two
            cache.add(key, 1, FORGET)


def _key(request: HttpRequest, what: str) -> str:
    return f"concertation:{what}:{get_adapter().get_client_ip(request)}"
