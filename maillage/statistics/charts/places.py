"""A map of the divisions: the darker, the more; a division without figure is said to be so."""

from typing import Any

from .theme import STEPS


def places() -> dict[str, Any]:
    """One area for each division. Data: GeoJSON features with `label`, `text`, `value` (null when hidden or none)."""
    return {
        "height": 320,
        "projection": {"type": "mercator"},
        "transform": [
            {"joinaggregate": [{"op": "max", "field": "properties.value", "as": "most"}]},
            {
                "calculate": "isValid(datum.properties.value) && datum.most > 0"
                " ? datum.properties.value / datum.most : -1",
                "as": "depth",
            },
            {"calculate": "geoCentroid(null, datum)", "as": "centre"},
            {"calculate": "datum.properties.x", "as": "x"},
            {"calculate": "datum.properties.y", "as": "y"},
        ],
        "layer": [
            {
                "mark": {"type": "geoshape", "stroke": "var(--chart-paper)", "strokeWidth": 1.5},
                "encoding": {
                    "color": {
                        "field": "depth",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {
                            "type": "threshold",
                            "domain": [0, 0.2, 0.4, 0.6, 0.8],
                            "range": ["var(--chart-step-0)", *STEPS],
                        },
                    }
                },
            },
            {
                "mark": {"type": "text", "style": "label", "baseline": "bottom", "dy": -1, "fontSize": 11},
                "encoding": _text("properties.label"),
            },
            {
                "mark": {"type": "text", "style": "figure", "baseline": "top", "dy": 1, "fontSize": 11},
                "encoding": _text("properties.text"),
            },
        ],
    }


def _text(field: str) -> dict[str, Any]:
    return {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": field},
        "color": {
            "condition": {"test": "datum.depth >= 0.6", "value": "var(--chart-on-dark)"},
            "value": "var(--chart-on-light)",
        },
    }
