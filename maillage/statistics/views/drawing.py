"""What the script of a portrait's page needs besides the tables."""

from typing import Any

from django.urls import reverse

from maillage.statistics import charts
from maillage.statistics.charts import shared, theme
from maillage.statistics.presentation import Section


def drawing(sections: list[Section], language: str) -> dict[str, Any]:
    """The address of the specifications, and figures without any name."""
    blocks = [block for section in sections for block in section.blocks]
    short = theme.short(language)
    return {
        "address": reverse("statistics:charts", args=[short, shared.digest(short)]),
        "tables": {block.id: [block.kind, charts.compact(block.shown)] for block in blocks},
    }
