"""What several subjects give to one page."""

from collections.abc import Callable, Iterable
from typing import Any


def gathered(parts: Iterable[Callable[..., dict[str, Any]]], *seen: Any) -> dict[str, Any]:
    """All that `parts` give for what is `seen` (a request and what the page is about), in one context."""
    found: dict[str, Any] = {}
    for part in parts:
        found |= part(*seen)
    return found
