"""Places in a template of a lower floor that higher floors fill."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Data = Callable[[HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Filling:
    """A template shown in a slot, with the data it needs; nothing is shown when `data` answers None."""

    template: str
    data: Data
    order: int = 0


_fillings: dict[str, list[Filling]] = {}


def fill(slot: str, template: str, data: Data = lambda request: {}, order: int = 0) -> None:
    """Show `template` in `slot`; called from `AppConfig.ready`. The frame's slots are `head` (of the document),
    `topbar` (programme, search), `person` (lines of the person's menu) and `footer`."""
    _fillings.setdefault(slot, []).append(Filling(template, data, order))


def fillings(slot: str) -> list[Filling]:
    """What fills `slot`, in order."""
    return sorted(_fillings.get(slot, []), key=lambda filling: filling.order)
