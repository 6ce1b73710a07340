"""A map of the divisions: the darker, the more; a division without figure is said to be so."""

from typing import Any

from . import theme


def places() -> dict[str, Any]:
    """One area for each division. Data: GeoJSON features with `label`, `text`, `value` (null when hidden), `x`, `y`."""
    return {
        "height": 320,
        "projection": {"type": "mercator"},
        "transform": [
            *theme.depth_of("properties.value"),
            {"calculate": "datum.properties.x", "as": "x"},
            {"calculate": "datum.properties.y", "as": "y"},
        ],
        "layer": [
            {
                "mark": {"type": "geoshape", "stroke": "var(--chart-paper)", "strokeWidth": 1.5},
                "encoding": {"color": theme.by_depth()},
            },
            _text("properties.label", {"style": "label", "baseline": "bottom", "dy": -1}),
            _text("properties.text", {"style": "figure", "baseline": "top", "dy": 1}),
        ],
    }


def _text(field: str, mark: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "text", "fontSize": 11, **mark},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": field},
            "color": theme.ON_DEPTH,
        },
    }
