"""Colours by name, type and spacing of all charts, and how they print dates and numbers."""

from typing import Any

from maillage.core.palette import PALETTE

FONT = "Atkinson Hyperlegible Next"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

# The colours of paper: those of the light screen, on white.
PRINT = {f"--{name}": colour for name, colour in PALETTE["light"].items()} | {
    "--paper": "#ffffff",
    "--surface": "#ffffff",
}

# Shades from the least to the most, legible under `--ink` (the first three) or `--paper` (the last two).
STEPS = [f"var(--seq-{n})" for n in (1, 2, 3, 5, 6)]

NUMBERS = {
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0$"], "percent": "\u00a0%"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
}
TIMES = {
    "fr": {
        "dateTime": "%A %e %B %Y, %H h %M",
        "date": "%Y-%m-%d",
        "time": "%H h %M",
        "periods": ["AM", "PM"],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": [
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ],
        "shortMonths": [
            *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
            *("juill.", "août", "sept.", "oct.", "nov.", "déc."),
        ],
    },
    "en": {
        "dateTime": "%A, %B %e, %Y, %H:%M",
        "date": "%Y-%m-%d",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": [
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}


# The ink of a figure on a shade.
ON_DEPTH = {
    "condition": {"test": "datum.depth >= 0.6", "value": "var(--paper)"},
    "value": "var(--ink)",
}


def depth_of(field: str) -> list[dict[str, Any]]:
    """Transforms that give `depth`: the part of the largest figure, or -1 where there is none."""
    shown = f"isValid(datum.{field}) && datum.most > 0"
    return [
        {"joinaggregate": [{"op": "max", "field": field, "as": "most"}]},
        {"calculate": f"{shown} ? datum.{field} / datum.most : -1", "as": "depth"},
    ]


def by_depth() -> dict[str, Any]:
    """Five shades, the darker the more, and one for what is not known."""
    scale = {"type": "threshold", "domain": [0, 0.2, 0.4, 0.6, 0.8], "range": ["var(--nodata)", *STEPS]}
    return {"field": "depth", "type": "quantitative", "legend": None, "scale": scale}


def short(language: str) -> str:
    """`fr-ca` → `fr`: the languages that charts speak are two."""
    return "en" if language.startswith("en") else "fr"


def config() -> dict[str, Any]:
    """What all charts share."""
    return {
        "font": FONT,
        "background": None,
        "padding": 0,
        "aria": False,
        "view": {"stroke": "transparent"},
        "axis": {
            "labelColor": "var(--ink-soft)",
            "labelFontSize": 12,
            "titleColor": "var(--ink-soft)",
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "domainColor": "var(--line)",
            "tickColor": "var(--line)",
            "gridColor": "var(--line)",
        },
        "text": {"fontSize": 13, "color": "var(--ink)"},
        "style": {
            "label": {"fontSize": 14, "fill": "var(--ink)"},
            "figure": {"fontSize": 14, "fontWeight": 600, "fill": "var(--ink)"},
            "quiet": {"fontSize": 13, "fill": "var(--ink-soft)"},
        },
    }


def painted(spec: Any, colours: dict[str, str]) -> Any:
    """A copy of `spec` with each `var(--name)` replaced by its colour."""
    if isinstance(spec, dict):
        return {key: painted(value, colours) for key, value in spec.items()}
    if isinstance(spec, list):
        return [painted(value, colours) for value in spec]
    if isinstance(spec, str) and "var(--" in spec:
        for name, colour in colours.items():
            spec = spec.replace(f"var({name})", colour)
    return spec
