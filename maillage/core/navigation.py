"""The menu: apps of all floors add their items to it, so that the frame knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Shown = Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: its label, its address by name, its icon, its group and place, and who sees it.

    `bar` (2 to 5) also puts it in the phone's bottom bar at that place, under the word `short`; 3 is the main gesture.
    Where a person sees several items of one place, that of the lowest floor stands there.
    An item of no group (`group=""`) stands in the bottom bar only.
    """

    label: str | Promise
    url_name: str
    icon: str
    group: str
    order: int
    shown: Shown = field(default=lambda request: request.user.is_authenticated)
    bar: int = 0
    short: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item as one person sees it on one page."""

    item: Item
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A verb of the work with its lines."""

    code: str
    label: str | Promise
    lines: list[Line]


# The verbs of the work, in the order of the left menu.
GROUPS: dict[str, str | Promise] = {
    "inscrire": _("Inscrire"),
    "suivre": _("Suivre"),
    "concerter": _("Se concerter"),
    "agir": _("Agir"),
    "apprendre": _("Apprendre"),
    "connaitre": _("Connaître"),
    "rendre-compte": _("Rendre compte"),
    "administrer": _("Administrer"),
}
_items: list[Item] = []


def register(*items: Item) -> None:
    """Add items to the menu; called from `AppConfig.ready`."""
    _items.extend(items)


def _shown(request: HttpRequest) -> list[Line]:
    """The lines that this person sees; built once a request, the one that leads nearest to this page is current."""
    if not hasattr(request, "_menu_lines"):
        shown = [(item, reverse(item.url_name)) for item in _items if item.shown(request)]
        here = max((href for _, href in shown if request.path.startswith(href)), key=len, default="")
        request._menu_lines = [Line(item, href, href == here) for item, href in shown]  # type: ignore[attr-defined]
    return request._menu_lines  # type: ignore[attr-defined]


def menu(request: HttpRequest) -> list[Group]:
    """Groups with their lines, for this person, empty groups left out."""
    found = []
    for code, label in GROUPS.items():
        lines = [line for line in _shown(request) if line.item.group == code]
        if lines:
            found.append(Group(code, label, sorted(lines, key=lambda line: line.item.order)))
    return found


def bottom_bar(request: HttpRequest) -> list[Line]:
    """The lines of the phone's bottom bar after « Accueil »."""
    places = {line.item.bar: line for line in _shown(request) if line.item.bar}  # lower floors register later
    return [places[place] for place in sorted(places)]
