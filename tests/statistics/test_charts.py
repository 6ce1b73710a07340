"""Charts: every kind renders offline, says its figures in French, and names no colour that paper lacks."""

import json
import re
from dataclasses import replace

import pytest
from django.utils import translation

from maillage.reports.document import draw
from maillage.statistics import charts
from maillage.statistics.charts import theme
from maillage.statistics.portrait import Table

from .sample import all_tables

TABLES = {table.id: table for table in all_tables()}


def svg(table: Table, language: str = "fr", width: int = 330) -> str:
    with translation.override(language):
        spec = charts.standalone(charts.templates()[charts.kind_of(table)], charts.values(table, language), width)
        return draw(spec, language).decode()


@pytest.mark.parametrize("id", TABLES)
def test_each_table_has_a_chart_that_draws_without_network(id: str) -> None:
    drawn = svg(TABLES[id])
    assert drawn.startswith("<svg")
    assert "var(--" not in drawn
    assert len(re.findall(r"<(?:path|text)", drawn)) > len(TABLES[id].rows)


def test_a_bar_is_named_and_says_its_share_in_french() -> None:
    drawn = svg(TABLES["tenure"])
    assert "85\u00a0%" in drawn
    assert "Office municipal d’habitation (OMH)" in drawn


def test_a_hidden_figure_says_so_and_has_no_bar() -> None:
    hidden, colour = svg(TABLES["themes"]), theme.PRINT["--cat-1"]
    assert ">x<" in hidden
    shown = [row for row in TABLES["themes"].rows if not row.hidden]
    assert len(re.findall(rf'<path[^>]*fill="{colour}"', hidden)) == len(shown)


def test_months_stand_in_order_and_never_shift() -> None:
    """A month is counted where it happened, whatever the clock of the machine (utcyearmonth)."""
    drawn = svg(TABLES["monthly"], width=620)
    assert "avr." in drawn
    assert ">2014<" in drawn


def test_a_chart_speaks_english() -> None:
    assert "85%" in svg(TABLES["tenure"], "en")


def test_a_hostile_label_is_text() -> None:
    rows = tuple(replace(row, label="<script>alert(1)</script> #strong $x$") for row in TABLES["tenure"].rows)
    drawn = svg(replace(TABLES["tenure"], rows=rows))
    assert "<script>" not in drawn
    assert "&lt;script" in drawn


def test_a_chart_without_any_figure_draws_nothing_and_does_not_fail() -> None:
    empty = replace(TABLES["tenure"], rows=(), denominator=0)
    assert svg(empty).startswith("<svg")
    assert svg(replace(TABLES["nature"], rows=())).startswith("<svg")


def test_templates_name_only_colours_that_paper_has() -> None:
    named = set(re.findall(r"var\((--[\w-]+)\)", json.dumps([charts.templates(), theme.config()])))
    assert named <= theme.PRINT.keys()


@pytest.mark.parametrize("id", TABLES)
def test_the_page_receives_the_same_figures_as_the_file(id: str) -> None:
    table = TABLES[id]
    whole, compact = charts.values(table, "fr"), charts.compact(table)
    if table.columns:
        assert [cell["value"] for cell in whole] == [value for line in compact for value in line]
    elif id == "monthly":
        assert [(line["month"], line["value"]) for line in whole] == [(f"{code}-01", n) for code, n in compact]
    else:
        assert [line["value"] for line in whole] == pytest.approx([line[0] for line in compact], abs=1e-4)
