"""Choices of a field as HTML: joined here because a page holds hundreds of them, and a template does it ten times slower."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe


@dataclass(slots=True)
class Option:
    """A choice: what is sent, what is read, whether it is chosen, and whether it is part of the one before."""

    value: str
    label: Any
    checked: bool = False
    depth: int = 0


def as_options(options: Iterable[Option]) -> SafeString:
    """The `<option>` elements of a list."""
    lines = (
        f'<option value="{escape(option.value)}"{" selected" if option.checked else ""}>'
        f"{'– ' if option.depth else ''}{escape(str(option.label))}</option>"
        for option in options
    )
    return mark_safe("".join(lines))  # noqa: S308 (values and labels are escaped)


def as_chips(name: str, options: Iterable[Option], many: bool, parts: bool = True) -> SafeString:
    """One chip a choice, sent as `name`: boxes when `many` may be chosen. `parts` sets parts of a choice back."""
    kind = "checkbox" if many else "radio"
    lines = (
        f'<label class="chip{" chip-part" if parts and option.depth else ""}">'
        f'<input type="{kind}" name="{escape(name)}" value="{escape(option.value)}"{" checked" if option.checked else ""}>'
        f"<span>{escape(str(option.label))}</span></label>"
        for option in options
    )
    return mark_safe("".join(lines))  # noqa: S308 (values and labels are escaped)
