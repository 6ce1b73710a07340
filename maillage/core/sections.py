"""The sections above the pages of one thing (`core/sections.html`): a group, a project, a plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

# Code → label, name of the address.
Lines = Mapping[str, tuple[str | Promise, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A section as it stands above a page."""

    label: Any
    href: str
    current: bool


def sections_of(lines: Lines, key: Any, current: str, without: Collection[str] = ()) -> list[Section]:
    """The sections of what `key` names in addresses, the one with the code `current` marked, those of `without` left out."""
    return [
        Section(label, reverse(name, args=[key]), code == current)
        for code, (label, name) in lines.items()
        if code not in without
    ]
