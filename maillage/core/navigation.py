"""The menu: apps of all floors add their items to it, so that the frame knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Shown = Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: its label, its address by name, its icon, its group and place, and who sees it."""

    label: str | Promise
    url_name: str
    icon: str
    group: str
    order: int
    shown: Shown = field(default=lambda request: request.user.is_authenticated)


# The verbs of the work, in the order of the left menu.
GROUPS = ("inscrire", "suivre", "concerter", "agir", "apprendre", "connaitre", "rendre-compte", "administrer")
_items: list[Item] = []


def register(*items: Item) -> None:
    """Add items to the menu; called from `AppConfig.ready`."""
    _items.extend(items)


def menu(request: HttpRequest) -> list[tuple[str, list[tuple[Item, str]]]]:
    """Groups with their items and addresses, for this person, empty groups left out."""
    found = []
    for group in GROUPS:
        lines = sorted((i for i in _items if i.group == group and i.shown(request)), key=lambda i: i.order)
        if lines:
            found.append((group, [(item, reverse(item.url_name)) for item in lines]))
    return found
