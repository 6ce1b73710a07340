"""A map of the divisions: the darker, the more; a division without figure is said to be so."""

from typing import Any

from . import theme


def places() -> dict[str, Any]:
    """One area for each division. Data: GeoJSON features with `label`, `text`, `value` (null when hidden), `x`, `y`."""
    return {
        "height": 400,
        "projection": {"type": "mercator"},
        "transform": [
            *theme.depth_of("properties.value"),
            {"calculate": "datum.properties.x", "as": "x"},
            {"calculate": "datum.properties.y", "as": "y"},
        ],
        "layer": [
            {
                "mark": {"type": "geoshape", "stroke": "var(--surface)", "strokeWidth": 1.5},
                "encoding": {"color": theme.by_depth()},
            },
            *_text("properties.label", {"style": "label", "baseline": "bottom", "dy": -1}),
            *_text("properties.text", {"style": "figure", "baseline": "top", "dy": 1}),
        ],
    }


def _text(field: str, mark: dict[str, Any]) -> list[dict[str, Any]]:
    """A text over its area, with a halo of the area's own shade where it runs over a neighbour."""
    place = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": field},
    }
    written = {"type": "text", "fontSize": 12, **mark}
    return [
        {
            "mark": {**written, "strokeWidth": 4, "strokeJoin": "round"},
            "encoding": {**place, "stroke": theme.by_depth(), "color": theme.by_depth()},
        },
        {"mark": written, "encoding": {**place, "color": theme.ON_DEPTH}},
    ]
