"""Files as people give them: each is a real one of its kind, as small as can be."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pdf(change: Any = None) -> bytes:
    """A PDF of one empty page; `change(writer)` adds to it."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if change:
        change(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: Any = (200, 30, 30), **saved: Any) -> bytes:
    """An image of one colour; `saved` goes with it into the file (exif, comment, pnginfo…)."""
    held = io.BytesIO()
    mode = "RGBA" if len(colour) == 4 else "RGB"
    Image.new(mode, size, colour).save(held, kind, **saved)
    return held.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def relation(kind: str, target: str, mode: str = "External") -> str:
    """A part of relationships with one."""
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"'
        f' TargetMode="{mode}"/></Relationships>'
    )


def docx(**parts: str | bytes) -> bytes:
    """A text of Word; names of `parts` have `__` for `/` and `_x_` for `.`."""
    more = {name.replace("__", "/").replace("_x_", "."): content for name, content in parts.items()}
    base = {"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "word/document.xml": "<document/>"}
    return zipped({**base, **more})


def xlsx(**parts: str | bytes) -> bytes:
    """A workbook of Excel."""
    more = {name.replace("__", "/").replace("_x_", "."): content for name, content in parts.items()}
    base = {"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "xl/workbook.xml": "<workbook/>"}
    return zipped({**base, **more})


def odf(kind: str = "text", content: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A text (or a `spreadsheet`) of LibreOffice with `content` in its body."""
    body = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:script="{ODF}:script:1.0"'
        f' xmlns:draw="{ODF}:drawing:1.0" xmlns:text="{ODF}:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"{content}</office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": body, **(more or {})})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """The file as a form sends it."""
    return SimpleUploadedFile(name, content)
