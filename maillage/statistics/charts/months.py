"""What happened month by month."""

from typing import Any

AXIS = {"title": None, "tickCount": 4, "domain": False, "ticks": False, "format": ",d"}


def months() -> dict[str, Any]:
    """One bar a month, years named below, the highest month named. Data: `month` (first day, ISO), `value`, `text`."""
    when = {
        "field": "month",
        "type": "temporal",
        "timeUnit": "utcyearmonth",
        "scale": {"type": "utc"},
        "axis": {
            "title": None,
            "grid": False,
            "labelAlign": "left",
            "labelBound": True,
            "tickCount": {"expr": "width / 70"},
            "labelOverlap": "greedy",
            "labelExpr": "utcFormat(datum.value, utcmonth(datum.value) === 0 ? '%Y' : '%b')",
        },
    }
    height = {"field": "value", "type": "quantitative"}
    return {
        "height": 200,
        "layer": [
            {
                "mark": {"type": "bar", "color": "var(--cat-1)", "width": {"band": 0.8}},
                "encoding": {
                    "x": when,
                    "y": {**height, "axis": AXIS},
                },
            },
            {
                "transform": [
                    {"window": [{"op": "rank", "as": "rank"}], "sort": [{"field": "value", "order": "descending"}]},
                    {"window": [{"op": "row_number", "as": "place"}], "sort": [{"field": "rank"}]},
                    {"filter": "datum.place === 1 && datum.value > 0"},
                ],
                "mark": {"type": "text", "style": "figure", "baseline": "bottom", "dy": -4},
                "encoding": {"x": {**when, "bandPosition": 0.5}, "y": height, "text": {"field": "text"}},
            },
        ],
    }
