"""Who is let in, and when: pages that people read keep answering while phones come back by the thousand.

A server process has four threads (`maillage serve`). At most `PLACES` of them serve devices; a device that finds none
free is told at once to come back after a time drawn at random, the longer the more devices were turned away lately.
Each process counts for itself, so that nothing is asked of the database or of another process before an answer.
"""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import Problem

PLACES = 2
WINDOW = 10.0  # seconds over which comings and goings are counted
SHORTEST, LONGEST = 2, 120  # seconds a device may be asked to wait
# Batches of a device whose signatures do not hold, and unknown devices of one address, in `FORGET` seconds.
BAD_BATCHES, STRANGERS, FORGET = 5, 60, 300


class Doorkeeper:
    """Places for devices in this process, and how many were let in or turned away in the last window."""

    def __init__(self, places: int = PLACES) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._lock = threading.Lock()
        self._window, self._in, self._out = 0.0, 0, 0
        self._spread = float(SHORTEST)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place, or raise the 429 that says when to come back."""
        if not self._free.acquire(blocking=False):
            raise busy(self._wait(turned_away=True))
        try:
            self._wait(turned_away=False)
            yield
        finally:
            self._free.release()

    def _wait(self, *, turned_away: bool) -> int:
        """Count this coming; seconds to wait, drawn so that those turned away come back as fast as they are served."""
        with self._lock:
            now = time.monotonic()
            if now - self._window > WINDOW:
                self._spread = min(LONGEST, max(SHORTEST, WINDOW * self._out / max(1, self._in)))
                self._window, self._in, self._out = now, 0, 0
            self._in, self._out = self._in + (not turned_away), self._out + turned_away
            # At the rate seen since the window opened: a few phones that come at once wait seconds, not minutes.
            spread = max(self._spread, min(LONGEST, (now - self._window) * self._out / max(1, self._in)))
        return random.randint(1, max(SHORTEST, round(spread)))  # noqa: S311


def busy(seconds: int) -> Problem:
    """The answer to a device that must come back."""
    said = _("Beaucoup d'appareils envoient en même temps : l'envoi sera refait dans un moment.")
    return Problem(429, "busy", said, retry_after=seconds)


def require_trusted(request: HttpRequest, device: UUID) -> None:
    """Refuse for a while a mailbox that keeps bringing what nobody signed."""
    if cache.get(_keys(request, device)[0], 0) >= BAD_BATCHES:
        raise _suspicious()


def note_bad_signature(request: HttpRequest, device: UUID) -> None:
    """Count a batch of which a signature did not hold."""
    _count(_keys(request, device)[0])


def note_stranger(request: HttpRequest, device: UUID) -> None:
    """Count a batch of a device that nobody enrolled, and refuse when one address brings many. Known devices of the same
    address (an office, a mobile network) are never refused for it."""
    strangers = _keys(request, device)[1]
    if cache.get(strangers, 0) >= STRANGERS:
        raise _suspicious()
    _count(strangers)


def _suspicious() -> Problem:
    said = _("Trop d'envois sans signature valable : recommencez plus tard.")
    return Problem(429, "suspicious", said, retry_after=random.randint(FORGET // 5, FORGET))  # noqa: S311


def _keys(request: HttpRequest, device: UUID) -> tuple[str, str]:
    """Counts bear on an address too: nobody can stop another person's device by writing in its name."""
    address = get_adapter().get_client_ip(request)
    return f"api:bad:{address}:{device}", f"api:stranger:{address}"


def _count(key: str) -> None:
    if not cache.add(key, 1, FORGET):
        try:
            cache.incr(key)
        except ValueError:  # it was forgotten between the two
            cache.add(key, 1, FORGET)


doorkeeper = Doorkeeper()
