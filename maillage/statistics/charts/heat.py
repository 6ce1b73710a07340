"""A crossing of two classifications: the darker, the more."""

from typing import Any

from . import theme

AXIS = {"title": None, "domain": False, "ticks": False, "labelPadding": 8, "labelFontSize": 12, "labelLimit": 200}


def _lines(width: int) -> str:
    """The expression that breaks a label into lines of about `width` letters."""
    return f"split(trim(replace(datum.label, regexp('(\\\\S.{{0,{width}}})(?:\\\\s+|$)', 'g'), '$1\\n')), '\\n')"


def _side(field: str, sort: str, **axis: Any) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": {"field": sort}, "axis": {**AXIS, **axis}}


def heat() -> dict[str, Any]:
    """One square for each crossing. Data: `i`, `j`, `row`, `column`, `value` (null when hidden), `text`."""
    return {
        "height": {"step": 46},
        "transform": theme.depth_of("value"),
        "encoding": {
            "y": _side("row", "i", labelExpr=_lines(24)),
            "x": _side("column", "j", labelExpr=_lines(13), orient="bottom", labelAngle=0),
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "var(--surface)", "strokeWidth": 2, "cornerRadius": 3},
                "encoding": {"color": theme.by_depth()},
            },
            {
                "mark": {"type": "text", "style": "figure", "baseline": "middle"},
                "encoding": {"text": {"field": "text"}, "color": theme.ON_DEPTH},
            },
        ],
    }
