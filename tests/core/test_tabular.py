"""Tables are read from whatever people have, and written so that nothing in them runs."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from maillage.core.tabular import Sheet, Unreadable, list_sheets, read_table, write_csv, write_xlsx
from maillage.core.tabular.cells import BadCell, is_month_first, to_day, to_flag, to_integer, to_number, to_text

TEXT = "Nom;Ville;Logements\r\nHabitations de l'Été;Lévis;1 234\r\nLa Forêt – œuvre;Sainte-Hélène;20\r\n"


def _rows(path: Path, **options: Any) -> list[list[Any]]:
    return [row.cells for row in read_table(path, **options).rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "utf-32"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert _rows(path) == [["Habitations de l'Été", "Lévis", "1 234"], ["La Forêt – œuvre", "Sainte-Hélène", "20"]]


@pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
def test_encodings_without_dashes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Nom;Ville\nHélène à la Pêche;Lévis\nÉté;Saint-Côme\n".encode(encoding))
    assert _rows(path) == [["Hélène à la Pêche", "Lévis"], ["Été", "Saint-Côme"]]


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"Nom;Ville\n" + "Été;Lévis\n".encode() * 5 + "Forêt;Québec\n".encode("cp1252"))
    assert _rows(path)[-1] == ["Forêt", "Québec"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_under_title_lines(tmp_path: Path, separator: str) -> None:
    lines = [["Registre des milieux, édition 2014"], [], ["Nom", "Ville", "Note"]]
    lines += [["A", "Lévis", "1,5; et 2"], ["B", "Thetford", "x | y\tz"]]
    path = tmp_path / "liste.txt"
    path.write_text("\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8")
    table = read_table(path)
    assert (table.headers, table.header_row) == (["Nom", "Ville", "Note"], 3)
    assert [(row.number, row.cells[1]) for row in table.rows()] == [(4, "Lévis"), (5, "Thetford")]


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Heures;Taux\n1,5;2,5\n3,5;4,5\n", encoding="utf-8")
    assert _rows(path) == [["1,5", "2,5"], ["3,5", "4,5"]]


def test_repeated_and_empty_titles(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("sep=;\nNom;;Nom;Ville\nA;b;c;d\n;;;\nE;f\n", encoding="utf-8")
    table = read_table(path)
    assert table.headers == ["Nom", "Colonne B", "Nom (2)", "Ville"]
    assert [(row.number, row.cells) for row in table.rows()] == [(3, ["A", "b", "c", "d"]), (5, ["E", "f", "", ""])]


def test_old_line_ends_and_quoted_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b'Nom;Note\rA;"deux\rlignes"\rB;"il dit ""non"""\r')
    assert [cells[1] for cells in _rows(path)] == ["deux\rlignes", 'il dit "non"']


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\n\n  \n", "vide"),
        (b"<!DOCTYPE html><html></html>", "page web"),
        (b'{"type": "FeatureCollection"}', "JSON"),
        (bytes(range(32)) * 40, "ni un tableau ni un texte"),
        (b"PK\x03\x04" + b"x" * 40, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 40, "abîmé"),
        (b'Nom;Ville\n"A;b\n' + b"c;d\n" * 80_000, "guillemet"),
    ],
)
def test_what_is_not_a_table_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        list(read_table(path).rows())


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.core.tabular.delimited.MAX_ROWS", 3)
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Ville\n" + "a;b\n" * 4, encoding="utf-8")
    with pytest.raises(Unreadable, match="plus de"):
        list(read_table(path).rows())


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Lisez-moi").write(0, 0, "Ce classeur…")
    page = book.add_worksheet("Milieux")
    page.merge_range(1, 1, 1, 3, "Registre 2014")
    page.write_row(3, 1, ["Nom", "Depuis", "Logements"])
    page.write(4, 1, "Habitations Été")
    page.write_datetime(4, 2, datetime(2014, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
    page.write(4, 3, 12)
    page.write(6, 1, "Autre")
    book.close()
    return path


def test_workbook_with_two_sheets_and_a_merged_title(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "registre.xlsx")
    assert list_sheets(path) == ["Lisez-moi", "Milieux"]
    table = read_table(path, known={"nom", "logements"})
    assert (table.name, table.header_row, table.headers) == ("Milieux", 4, ["Colonne A", "Nom", "Depuis", "Logements"])
    rows = [(row.number, row.cells[1:]) for row in table.rows()]
    assert rows == [(5, ["Habitations Été", date(2014, 3, 5), 12.0]), (7, ["Autre", "", ""])]
    with pytest.raises(Unreadable, match="Lisez-moi, Milieux"):
        read_table(path, "Absente")


def test_a_cell_in_the_far_corner_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coin.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write(0, 0, "Nom")
    page.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(Unreadable, match="démesuré"):
        read_table(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(420):
                part.write(b" " * (1 << 20))
    with pytest.raises(Unreadable, match="démesuré"):
        read_table(path)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2014-03-05", date(2014, 3, 5)),
        ("05/03/2014", date(2014, 3, 5)),
        ("5-3-2014", date(2014, 3, 5)),
        ("05.03.14", date(2014, 3, 5)),
        ("2014-03-05T14:30:00.000+02:00", date(2014, 3, 5)),
        ("2014/03/05 08:00", date(2014, 3, 5)),
        ("20140305", date(2014, 3, 5)),
        ("5 mars 2014", date(2014, 3, 5)),
        ("mercredi 1er août 2012", date(2012, 8, 1)),
        ("March 5, 2014", date(2014, 3, 5)),
        (41703.0, date(2014, 3, 5)),
        ("41703", date(2014, 3, 5)),
        ("NULL", None),
        (" N/D ", None),
        ("\u00a0", None),
    ],
)
def test_days(raw: Any, expected: date | None) -> None:
    assert to_day(raw) == expected


@pytest.mark.parametrize("raw", ["31/02/2014", "13/13/2014", "demain", "2014-00-10", "12", True, "99999999"])
def test_days_that_do_not_exist(raw: Any) -> None:
    with pytest.raises(BadCell):
        to_day(raw)


def test_a_column_of_days_with_the_month_first() -> None:
    assert is_month_first(["03/25/2014", "04/05/2014"])
    assert not is_month_first(["25/03/2014", "04/05/2014"])
    assert to_day("03/25/2014", month_first=True) == date(2014, 3, 25)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("12 %", 0.12),
        ("(3)", -3),
        ("−2", -2),
        ("…", None),
    ],
)
def test_numbers(raw: str, expected: float | None) -> None:
    assert to_number(raw) == expected


def test_whole_numbers() -> None:
    assert to_integer("1,234") == 1234
    assert to_integer("1 234") == 1234
    for raw, said in (("-3", "négatif"), ("2,5", "entier"), ("9e12", "vraisemblable"), ("dix", "nombre")):
        with pytest.raises(BadCell, match=said):
            to_integer(raw)


def test_texts_and_flags() -> None:
    assert to_text(59350.0) == "59350"
    assert to_text("Saguenay\x97Lac") == "Saguenay—Lac"
    assert to_text("'=1+1") == "=1+1"
    assert (to_flag("Oui"), to_flag("FAUX"), to_flag("")) == (True, False, None)
    with pytest.raises(BadCell):
        to_flag("peut-être")


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "\r=1", " =1"]


def test_written_csv_is_inert_and_is_read_back(tmp_path: Path) -> None:
    content = b"".join(write_csv(["Nom", "Part"], [[text, -1.5] for text in EVIL]))
    assert content.startswith(b"\xef\xbb\xbf")
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    cells = _rows(path)
    assert all(cell[0].startswith("'") for cell in cells)
    assert [cell[1] for cell in cells] == ["-1,5"] * len(EVIL)
    assert [to_text(cell[0]) for cell in cells] == [" ".join(text.split()) for text in EVIL]


def test_written_xlsx_is_inert(tmp_path: Path) -> None:
    content = write_xlsx(
        [Sheet("Liste: 1/2", ["Nom", "Jour", "n"], [[text, date(2014, 1, 2), 3] for text in EVIL], {"n": "0.0"})]
    )
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page.title == "Liste  1 2"
    assert {page.cell(2, column).data_type for column in (1, 2, 3)} == {"s", "d", "n"}
    assert all(page.cell(line, 1).data_type == "s" for line in range(2, 2 + len(EVIL)))
