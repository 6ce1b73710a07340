"""Who gets what at each address, written by hand. One letter a role, in the order of `world.ROLES`:

anonymous, outsider (coordinates another programme), tenant, partner, researcher, worker, outreach, coordinator,
administrator.

`2` the page (200), `R` done or sent on (302 or 303), `L` sent to the sign-in page, `4` not found, `F` refused with a
sentence (403), `M` method not allowed (405), `B` refused for what was sent (400).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .world import World

Arguments = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """An address by name, a method, what is in the address and sent, and the nine letters."""

    name: str
    method: str
    letters: str
    arguments: Arguments = lambda world: {}
    query: str = ""
    data: Arguments = lambda world: {}


ROWS: list[Row] = [
    Row("portal:healthz", "GET", "222222222"),
    Row("portal:readyz", "GET", "222222222"),
]
