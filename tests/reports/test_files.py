"""The files of a portrait say what its JSON says, and take no text for anything but text."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader

from maillage.core.errors import Refused
from maillage.reports import files
from maillage.reports.document import draw
from maillage.statistics.portrait import Portrait, Row
from tests.statistics.sample import all_tables, make_portrait

pytestmark = pytest.mark.django_db

HOSTILE = [
    '=HYPERLINK("http://x")',
    "＝1+1",
    "@SUM(A1)",
    "ᐃᓄᒃ 🏠 e\u0301",
    "#strong[x] $a$ *b* @ref <lbl>",
    "<script>alert(1)</script>",
    '"; DROP',
]


def hostile_portrait() -> Portrait:
    first = all_tables()[0]
    rows = tuple(Row(f"h{n}", text, 10 + n, 0.1) for n, text in enumerate(HOSTILE))
    return make_portrait(tables=(replace(first, rows=rows, title="=1+1 [x]:*?/"),))


def read_csv(portrait: Portrait) -> list[dict[str, str]]:
    text = files.write(portrait, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def sheets(portrait: Portrait) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files.write(portrait, "xlsx")))


def pdf(portrait: Portrait, language: str = "fr") -> PdfReader:
    return PdfReader(io.BytesIO(files.write(portrait, "pdf", language)))


def test_json_is_the_contract() -> None:
    assert json.loads(files.write(make_portrait(), "json")) == make_portrait().as_json()


def test_csv_gives_back_the_json() -> None:
    portrait = make_portrait()
    lines = read_csv(portrait)
    shown = portrait.as_json()
    for table in [*shown["tables"], *shown["more"]]:
        rows = [line for row in table["rows"] for line in (row, *row.get("parts", ()))]
        found = [line for line in lines if line["tableau"] == table["id"] and not line["colonne"]]
        assert [(r["code"], r["label"]) for r in rows] == [(li["code"], li["libellé"]) for li in found]
        for row, line in zip(rows, found, strict=True):
            assert _number(line["nombre"]) == row["count"]
            assert _number(line["part"]) == row["share"]
            assert (line["caché"] == "1") == row.get("hidden", False)
        if "columns" in table:
            cells = [_number(li["nombre"]) for li in lines if li["tableau"] == table["id"] and li["colonne"]]
            assert cells == [count for row in table["rows"] for count in row["counts"]]


def test_csv_opens_in_a_french_spreadsheet() -> None:
    raw = files.write(make_portrait(), "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"0,85;" in raw
    assert b"105,5;" in raw


def test_csv_guards_formulas() -> None:
    labels = [line["libellé"] for line in read_csv(hostile_portrait())]
    assert labels == [f"'{text}" if text[0] in "=＝@" else text for text in HOSTILE]


def test_xlsx_gives_back_the_json() -> None:
    portrait = make_portrait()
    book = sheets(portrait)
    by_title = {sheet["A1"].value: sheet for sheet in book.worksheets[1:]}
    for table in portrait.as_json()["tables"]:
        sheet = by_title[table["title"]]
        found = {}
        for line in sheet.iter_rows(min_row=5, max_row=4 + len(table["rows"]), values_only=True):
            found[line[0]] = line[1:]
        for row in table["rows"]:
            figures = found[row["label"]]
            if "counts" in row:
                assert list(figures[: len(row["counts"])]) == row["counts"]
            else:
                assert figures[0] == (row["count"] if not row.get("hidden") else "x")
                if row["share"] is not None:
                    assert figures[1] == pytest.approx(row["share"])


def test_xlsx_says_what_it_is() -> None:
    book = sheets(make_portrait())
    cover = book.worksheets[0]
    said = " ".join(str(cell) for line in cover.iter_rows(values_only=True) for cell in line if cell)
    assert "non publiables" in said
    assert "d'avril 2013 à mars 2016" in said
    assert book.properties.title == "Portrait – Entente 2013-2016"


def test_xlsx_holds_no_formula() -> None:
    book = sheets(hostile_portrait())
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert set(HOSTILE) <= {cell.value for cell in cells}


def test_pdf_is_tagged_titled_and_in_french() -> None:
    read = pdf(make_portrait())
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert read.metadata.title == "Portrait du programme – Entente 2013-2016"
    assert read.outline


def test_pdf_figures_have_alternative_texts() -> None:
    read = pdf(make_portrait())
    alternatives = [
        str(item["/Alt"])
        for item in (reference.get_object() for reference in _objects(read))
        if isinstance(item, dict) and "/Alt" in item
    ]
    assert len(alternatives) >= len(all_tables())
    assert any("85\u00a0%" in text for text in alternatives)


def test_pdf_text_has_the_figures_in_french() -> None:
    text = "\n".join(page.extract_text() for page in pdf(make_portrait()).pages)
    flat = text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "85 % des 10 400 interventions" in flat
    assert "46 % des 2 400 références" in flat
    assert "Chiffres exacts, non publiables" in flat
    assert "d’habitation" in flat


def test_pdf_takes_no_label_for_markup() -> None:
    text = " ".join(page.extract_text() for page in pdf(hostile_portrait()).pages)
    for label in ("#strong[x] $a$ *b* @ref <lbl>", "<script>alert(1)</script>"):
        assert label in text.replace("\n", " ")


def test_a_protected_portrait_says_so() -> None:
    text = " ".join(page.extract_text() for page in pdf(make_portrait(protected=True)).pages)
    assert "Chiffres protégés" in text
    assert "non publiables" not in text


def test_an_empty_portrait_is_still_a_document() -> None:
    empty = tuple(
        replace(table, denominator=0, rows=tuple(replace(row, count=0, share=None) for row in table.rows))
        for table in all_tables()
    )
    text = " ".join(page.extract_text() for page in pdf(make_portrait(tables=empty)).pages)
    assert "Aucune intervention" in text


def test_documents_can_be_written_at_once() -> None:
    with ThreadPoolExecutor(3) as threads:
        written = list(threads.map(lambda _n: draw({"data": {"values": [{}]}, "mark": "point"}, "fr"), range(6)))
    assert len(set(written)) == 1


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(Refused, match="docx"):
        files.write(make_portrait(), "docx")


def test_the_name_of_a_file_says_programme_and_period() -> None:
    assert files.file_name(make_portrait(), "pdf") == "portrait-entente-2013-2016_2013-04-01_2016-03-31.pdf"


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def _objects(read: PdfReader) -> list[object]:
    return [read.get_object(n) for n in range(1, len(read.xref[0]) + 1)] if 0 in read.xref else []
