"""A crossing of two classifications: the darker, the more."""

from typing import Any

from .theme import STEPS

AXIS = {"title": None, "domain": False, "ticks": False, "labelPadding": 8, "labelFontSize": 11, "labelLimit": 200}


def _lines(width: int) -> str:
    """The expression that breaks a label into lines of about `width` letters."""
    return f"split(trim(replace(datum.label, regexp('(\\\\S.{{0,{width}}})(?:\\\\s+|$)', 'g'), '$1\\n')), '\\n')"


def heat() -> dict[str, Any]:
    """One square for each crossing. Data: `i`, `j`, `row`, `column`, `value` (null when hidden), `text`."""
    base = {
        "y": {
            "field": "row",
            "type": "nominal",
            "sort": {"field": "i"},
            "axis": {**AXIS, "labelExpr": _lines(24)},
        },
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": {"field": "j"},
            "axis": {**AXIS, "orient": "top", "labelAngle": 0, "labelExpr": _lines(13)},
        },
    }
    return {
        "height": {"step": 46},
        "transform": [
            {"joinaggregate": [{"op": "max", "field": "value", "as": "most"}]},
            {"calculate": "isValid(datum.value) && datum.most > 0 ? datum.value / datum.most : -1", "as": "depth"},
        ],
        "encoding": base,
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "var(--chart-paper)", "strokeWidth": 2, "cornerRadius": 3},
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
                "mark": {"type": "text", "style": "figure", "baseline": "middle"},
                "encoding": {
                    "text": {"field": "text"},
                    "color": {
                        "condition": {"test": "datum.depth >= 0.6", "value": "var(--chart-on-dark)"},
                        "value": "var(--chart-on-light)",
                    },
                },
            },
        ],
    }
