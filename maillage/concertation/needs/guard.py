"""Pages without account are for people: whoever sends much from one address is asked to wait."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Guard:
    """At most `most` times in `seconds` from one address. A whole room behind one network stays under it."""

    name: str
    most: int
    seconds: int

    def lets(self, request: HttpRequest) -> bool:
        """Whether this address may go on."""
        return bool(cache.get(self._key(request), 0) < self.most)

    def note(self, request: HttpRequest) -> None:
        """Count once for this address."""
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # it was forgotten between the two
                cache.add(key, 1, self.seconds)

    def _key(self, request: HttpRequest) -> str:
        return f"concertation:{self.name}:{get_adapter().get_client_ip(request)}"


NAMING = Guard("naming", 30, 3600)
MISSES = Guard("misses", 20, 600)  # unknown codes
SUPPORTING = Guard("supporting", 60, 3600)
