"""What came out of an extract, in words, for its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.typography import NBSP

from .fields import ALL, KNOWN, SENSITIVE


@dataclass(frozen=True, slots=True)
class Kept:
    """A known trait as the file says it: its title, how coarsely, and the share of what it said that is left."""

    title: str
    level: str
    share: str
    gone: bool


def kept(outcome: Mapping[str, Any]) -> list[Kept]:
    """The known traits of a file, in the order of the catalogue."""
    levels = outcome.get("levels", {})
    return [
        Kept(
            str(field.title),
            str(field.levels.get(levels[code], levels[code])),
            f"{round(100 * outcome['kept'][code])}{NBSP}%",
            levels[code] == "withheld",
        )
        for code, field in KNOWN.items()
        if code in levels
    ]


def titles(fields: list[str]) -> str:
    """Fields in words, one after the other."""
    return ", ".join(str(ALL[code].title) for code in ALL if code in fields)


def told(fields: list[str]) -> str:
    """The sensitive fields among `fields`, in words."""
    return titles([code for code in fields if code in SENSITIVE]) or _("aucun contenu")
