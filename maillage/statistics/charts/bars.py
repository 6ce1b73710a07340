"""Horizontal bars with their name above and their figure at the end: long French names stay whole on a phone."""

from typing import Any

STEP = 36


def bars() -> dict[str, Any]:
    """One bar for each line of a table. Data: `i`, `label`, `text`, `value` (null when hidden), `depth`."""
    length: dict[str, Any] = {"field": "value", "type": "quantitative", "axis": None}
    length["scale"] = {"zero": True, "nice": False, "range": [0, {"expr": "max(40, width - 118)"}]}
    indent = {"field": "indent", "type": "quantitative", "scale": None, "axis": None}
    return {
        "height": {"step": STEP},
        "transform": [
            {"calculate": "datum.depth * 14", "as": "indent"},
            {"calculate": "isValid(datum.value) ? datum.value : 0", "as": "length"},
            {"calculate": "isValid(datum.value)", "as": "shown"},
        ],
        "encoding": {"y": {"field": "i", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        "layer": [
            {
                "mark": {"type": "text", "style": "label", "align": "left", "baseline": "middle", "dy": -8},
                "encoding": {"x": indent, "text": {"field": "label"}},
            },
            {
                "transform": [{"filter": "datum.shown"}],
                "mark": {"type": "bar", "size": 11, "yOffset": 9, "cornerRadiusEnd": 2},
                "encoding": {
                    "x": {**length, "field": "length"},
                    "color": {
                        "condition": {"test": "datum.depth > 0", "value": "var(--seq-3)"},
                        "value": "var(--cat-1)",
                    },
                },
            },
            _figure("datum.shown", "figure", {**length, "field": "length"}, dx=6),
            _figure("!datum.shown", "quiet", indent, dx=0),
        ],
    }


def _figure(test: str, style: str, x: dict[str, Any], dx: int) -> dict[str, Any]:
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "style": style, "align": "left", "baseline": "middle", "dx": dx, "dy": 9},
        "encoding": {"x": x, "text": {"field": "text"}},
    }


def strip() -> dict[str, Any]:
    """Two parts of a whole, side by side: the first is named on the left, the second on the right."""
    edge = {"type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "nice": False}}
    return {
        "height": 92,
        "transform": [
            {"filter": "isValid(datum.value)"},
            {"window": [{"op": "sum", "field": "value", "as": "to"}], "frame": [None, 0]},
            {"calculate": "datum.to - datum.value", "as": "from"},
        ],
        "layer": [
            {
                "mark": {"type": "rect", "clip": True, "y": 54, "y2": 90, "stroke": "var(--surface)", "strokeWidth": 2},
                "encoding": {
                    "x": {**edge, "field": "from"},
                    "x2": {"field": "to"},
                    "color": {
                        "condition": {"test": "datum.i === 0", "value": "var(--cat-1)"},
                        "value": "var(--cat-2)",
                    },
                },
            },
            *_named("left", "datum.i === 0"),
            *_named("right", "datum.i > 0"),
        ],
    }


def _named(side: str, test: str) -> list[dict[str, Any]]:
    place = {"x": {"value": 0 if side == "left" else {"expr": "width"}}}
    mark = {"type": "text", "baseline": "middle", "align": side}
    return [
        {
            "transform": [{"filter": test}],
            "mark": {**mark, **more},
            "encoding": {**place, "text": {"field": field}},
        }
        for field, more in (
            ("text", {"style": "figure", "y": 11, "fontSize": 22}),
            ("label", {"style": "label", "y": 37}),
        )
    ]
