"""Choices of a field, and the options of a list: joined here because a page can hold hundreds of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

_CHOSEN = SafeString(" selected")


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
        (option.value, _CHOSEN if option.checked else "", "– " if option.depth else "", option.label)
        for option in options
    )
    return format_html_join("", '<option value="{}"{}>{}{}</option>', lines)
