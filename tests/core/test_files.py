"""The one protected file service: what is kept is what a content is, cleaned; what acts by itself is refused with a sentence."""

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseNotModified
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from maillage.core.errors import Refused
from maillage.core.files import ImageSizes, file_answer, image_sizes, path_of, store, tidy_files
from maillage.core.files.images import LONGEST
from maillage.core.files.storing import small_path_of
from tests.factories.files import docx, odf, pdf, picture, relation, upload, xlsx, zipped

SECRET = "Canarigps"


def _kept(name: str, content: bytes) -> bytes:
    return path_of(store(upload(name, content)).digest).read_bytes()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = SECRET  # maker
    exif[0x8825] = {1: "N", 2: (46.0, 26.0, 0.0), 3: "W", 4: (71.0, 1.0, 0.0)}  # GPS
    return exif


def _notes() -> PngImagePlugin.PngInfo:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET)
    return notes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.jpg", picture("JPEG", exif=_exif(), comment=SECRET.encode())),
        ("p.JPEG", picture("JPEG", exif=_exif(), xmp=f"<x>{SECRET}</x>".encode())),
        ("p.png", picture("PNG", exif=_exif(), pnginfo=_notes())),
        ("p.webp", picture("WEBP", exif=_exif(), xmp=SECRET.encode())),
    ],
)
def test_an_image_keeps_nothing_but_its_points(name: str, content: bytes) -> None:
    assert SECRET.encode() in content
    kept = _kept(name, content)
    assert SECRET.encode() not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not dict(image.getexif())
        assert image.size == (60, 40)
        red, green, blue = image.convert("RGB").getpixel((30, 20))  # type: ignore[misc]
        assert red > 180
        assert green < 60
        assert blue < 60


def test_what_is_hidden_after_an_image_is_gone() -> None:
    for name, kind in (("p.jpg", "JPEG"), ("p.png", "PNG"), ("p.webp", "WEBP")):
        assert b"<script>" not in _kept(name, picture(kind) + b"<script>alert(1)</script>")


def test_a_photo_is_upright_and_never_longer_than_the_most() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    with Image.open(io.BytesIO(_kept("p.jpg", picture("JPEG", (3000, 1500), exif=turned)))) as image:
        assert image.size == (LONGEST // 2, LONGEST)


def test_what_one_sees_through_stays_so() -> None:
    with Image.open(io.BytesIO(_kept("p.png", picture("PNG", colour=(0, 0, 0, 0))))) as image:
        assert image.getpixel((1, 1)) == (0, 0, 0, 0)


def test_the_digest_is_that_of_what_is_kept() -> None:
    stored = store(upload("p.jpg", picture("JPEG", exif=_exif())))
    content = path_of(stored.digest).read_bytes()
    assert stored.digest == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)


def _bomb() -> bytes:
    """A PNG of a few kilobytes that says it is ten thousand points by ten thousand."""
    held = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(held, "PNG")
    return held.getvalue()


def _added(**values: Any) -> Any:
    def change(writer: PdfWriter) -> None:
        held = DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(held)

    return change


_script = _added(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))


def _attached(writer: PdfWriter) -> None:
    writer.add_attachment("a.exe", b"MZ")


def _deep(writer: PdfWriter) -> None:
    held: Any = NumberObject(1)
    for _time in range(200):
        held = ArrayObject([held])
    writer._root_object[NameObject("/Deep")] = held


def _locked(writer: PdfWriter) -> None:
    writer.encrypt("mot de passe")


DDE = '<w:p xmlns:w="urn:w"><w:r><w:instrText>D</w:instrText></w:r><w:r><w:instrText>DEAUTO c:\\\\cmd</w:instrText></w:r></w:p>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
BAD = [
    ("bombe.png", _bomb(), "immense"),
    ("casse.jpg", picture("JPEG")[:200], "endommagée"),
    ("vide.png", b"\x89PNG\r\n\x1a\n....", "endommagée"),
    ("faux.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "endommagée"),
    ("faux.png", picture("JPEG"), "ce que son nom annonce"),
    ("casse.pdf", b"%PDF-1.7\n1 0 obj\n", "ne se lit pas"),
    ("script.pdf", pdf(_script), "script"),
    ("script.pdf", pdf(_script).replace(b"/JavaScript", b"/J#61vaScript"), "script"),
    ("ferme.pdf", pdf(_locked), "mot de passe"),
    ("joint.pdf", pdf(_attached), "fichier caché"),
    ("lance.pdf", pdf(_added(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))), "programme"),
    ("envoie.pdf", pdf(_added(S=NameObject("/SubmitForm"), F=TextStringObject("https://ailleurs.test"))), "script"),
    ("js.pdf", pdf(_added(S=NameObject("/GoTo"), JS=TextStringObject("x"))), "script"),
    ("profond.pdf", pdf(_deep), "ne vérifions pas"),
    ("macro.docx", docx(word__vbaProject_x_bin="x"), "macros"),
    ("macro.xlsx", xlsx(xl__macrosheets__sheet1_x_xml="<a/>"), "macros"),
    ("controle.docx", docx(word__activeX__activeX1_x_xml="<a/>"), "contrôles"),
    ("objet.docx", docx(word__embeddings__oleObject1_x_bin="x"), "contrôles"),
    ("modele.docx", docx(word___rels__settings_x_xml_x_rels=relation("attachedTemplate", "https://a.test/m.dotm")), "ailleurs"),
    ("image.docx", docx(word___rels__document_x_xml_x_rels=relation("image", "https://a.test/suivi.png")), "ailleurs"),
    ("lien.docx", docx(word___rels__document_x_xml_x_rels=relation("hyperlink", "file://serveur/partage")), "ailleurs"),
    ("lien.docx", docx(word___rels__document_x_xml_x_rels=relation("hyperlink", "&#106;avascript:x")), "ailleurs"),
    ("classeur.xlsx", xlsx(xl__externalLinks___rels__e1_x_xml_x_rels=relation("externalLinkPath", "a.xlsx")), "ailleurs"),
    ("champ.docx", docx(word__header1_x_xml=DDE), "macros"),
    ("entite.docx", docx(word__footer1_x_xml=ENTITY), "macros"),
    ("deux.docx", docx(WORD__document_x_xml="<a/>"), "macros"),
    ("dedans.docx", docx(word__embeddings__f1_x_xlsx=xlsx(xl__vbaProject_x_bin="x")), "macros"),
    ("macro.odt", odf(more={"Basic/Standard/m.xml": "<a/>"}), "macros"),
    ("script.odt", odf(more={"Scripts/python/m.py": "x"}), "macros"),
    ("evenement.odt", odf(content="<script:event-listener/>"), "macros"),
    ("image.odt", odf(content='<draw:image xlink:href="https://a.test/suivi.png"/>'), "ailleurs"),
    ("lien.odt", odf(content='<text:a xlink:href="vnd.sun.star.script:m"/>'), "ailleurs"),
    ("casse.odt", odf(content="<text:p>"), "endommagé"),
    ("gros.xlsx", zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>", **{f"{n}.xml": "" for n in range(5001)}}), "immense"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[f"{n}-{w}-{i}" for i, (n, _c, w) in enumerate(BAD)])
def test_what_would_act_is_refused_and_leaves_nothing(name: str, content: bytes, words: str, data_folder: Path) -> None:
    with pytest.raises(Refused) as said:
        store(upload(name, content))
    assert words in str(said.value)
    assert not [path for path in (data_folder / "files").rglob("*") if path.is_file()]


GOOD = [
    ("lien.docx", docx(word___rels__document_x_xml_x_rels=relation("hyperlink", "https://exemple.test/"))),
    ("graphique.docx", docx(word__embeddings__f1_x_xlsx=xlsx())),
    ("lien.odt", odf(content='<text:a xlink:href="https://exemple.test/"/><text:a xlink:href="#titre"/>')),
    ("image.odt", odf(content='<draw:image xlink:href="Pictures/1.png"/>')),
    ("but.pdf", pdf(_added(S=NameObject("/GoTo")))),
    ("lien.pdf", pdf(_added(S=NameObject("/URI"), URI=TextStringObject("https://exemple.test/")))),
]


@pytest.mark.parametrize(("name", "content"), GOOD, ids=[name for name, _content in GOOD])
def test_what_people_write_every_day_is_taken_as_it_is(name: str, content: bytes) -> None:
    assert _kept(name, content) == content


@given(
    st.sampled_from([".pdf", ".png", ".jpg", ".webp", ".docx", ".ods"]),
    st.sampled_from([pdf(), picture("PNG"), picture("JPEG"), picture("WEBP"), docx(), odf("spreadsheet")]),
    st.integers(0, 400),
    st.binary(max_size=40),
)
def test_hostile_bytes_are_kept_clean_or_refused_never_a_fault(
    ending: str, content: bytes, place: int, noise: bytes
) -> None:
    given_content = content[:place] + noise + content[place + len(noise) :]
    try:
        stored = store(upload(f"f{ending}", given_content))
    except Refused:
        return
    assert path_of(stored.digest).is_file()


def test_a_photo_alone_may_be_asked_for() -> None:
    with pytest.raises(Refused, match="PNG, JPEG ou WebP"):
        store(upload("plan.pdf", pdf()), images_only=True)


def _answer(rf: RequestFactory, name: str, content: bytes, inline: bool, **headers: str) -> Any:
    stored = store(upload(name, content))
    said = {"digest": stored.digest, "file_name": stored.file_name, "media_type": stored.media_type}
    answer = file_answer(rf.get("/", headers=headers), **said, inline=inline)
    if not isinstance(answer, HttpResponseNotModified):
        answer.file_to_stream.close()
    return answer


def test_only_an_image_is_shown_and_nothing_in_it_can_act(rf: RequestFactory) -> None:
    for name, content, inline, starts in (
        ("p.png", picture("PNG"), True, "inline"),
        ("p.png", picture("PNG"), False, "attachment"),
        ("p.pdf", pdf(), True, "attachment"),
        ("n.txt", b"<script>", True, "attachment"),
    ):
        answer = _answer(rf, name, content, inline)
        assert answer.headers["Content-Disposition"].startswith(starts)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] in ("private, no-cache", "private, no-store")


def test_an_image_that_a_browser_has_is_not_sent_again(rf: RequestFactory) -> None:
    first = _answer(rf, "p.png", picture("PNG"), True)
    again = _answer(rf, "p.png", picture("PNG"), True, **{"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.django_db
def test_files_that_no_room_names_are_erased_after_a_day() -> None:
    from tests.factories.projects_files import make_document

    named = make_document()
    lost = path_of(store(upload("autre.txt", b"autre")).digest)
    fresh = path_of(store(upload("neuf.txt", b"neuf")).digest)
    for path in (path_of(named.digest), lost):
        os.utime(path, (1, 1))
    assert tidy_files() == 1
    assert not lost.exists()
    assert fresh.exists()
    assert path_of(named.digest).exists()


def _image_in(rf: RequestFactory, stored: Any, small: bool) -> Image.Image:
    said = {"digest": stored.digest, "file_name": "p.jpg", "media_type": stored.media_type}
    answer = file_answer(rf.get("/"), **said, inline=True, small=small)
    content = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    return Image.open(io.BytesIO(content))


def test_a_large_image_has_a_small_one_and_a_small_one_is_not_made_larger(rf: RequestFactory) -> None:
    large = store(upload("p.jpg", picture(size=(1600, 800))))
    assert (_image_in(rf, large, False).size, _image_in(rf, large, True).size) == ((1600, 800), (640, 320))
    assert image_sizes(large.digest) == ImageSizes(1600, 800, 640)
    little = store(upload("p.jpg", picture(size=(300, 200))))
    assert _image_in(rf, little, True).size == (300, 200)
    assert image_sizes(little.digest) == ImageSizes(300, 200, 0)
    assert image_sizes("0" * 64) is None


@pytest.mark.django_db
def test_a_small_image_is_kept_and_erased_with_the_whole_one() -> None:
    from tests.factories.projects_files import make_document

    kept = make_document(kind="photo", content=picture(size=(900, 700)))
    lost = store(upload("p.jpg", picture(size=(1000, 700)))).digest
    for digest in (kept.digest, lost):
        for path in (path_of(digest), small_path_of(digest)):
            os.utime(path, (1, 1))
    assert tidy_files() == 2
    assert small_path_of(kept.digest).exists()
    assert not small_path_of(lost).exists()
