"""A document of an office suite that acts by itself is refused: macros, controls, scripts, parts fetched from elsewhere."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from maillage.core.errors import Refused

MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_READ = 60 * 1024 * 1024  # of one part that is read
_ODF_READ = ("content.xml", "styles.xml", "settings.xml", "meta.xml")
_LINKS = ("/hyperlink",)  # what may point outside: a link that a person follows knowingly
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)


class _Found(Exception):
    """Something that acts was met while reading a part."""


def refuse_active_office(path: Path) -> None:
    """Raises `Refused` for an OOXML or ODF document that holds macros, controls, scripts or parts fetched from elsewhere."""
    try:
        active = _package_acts(path, 0)
    except _Found:
        active = True
    except Refused:
        raise
    except Exception as trouble:  # archives and XML of a hostile file may fail in any way
        raise Refused(_("Ce fichier est endommagé. Enregistrez-le de nouveau, puis joignez-le.")) from trouble
    if active:
        raise Refused(
            _(
                "Ce fichier contient des macros, des contrôles ou des parties prises ailleurs : enregistrez-le sans elles, puis joignez-le."
            )
        )


def _package_acts(file: Any, depth: int) -> bool:
    with zipfile.ZipFile(file) as held:
        _refuse_immense(held)
        if any(_acts_by_name(name) for name in held.namelist()):
            return True
        return any(_acts(held, info, depth) for info in held.infolist())


def _refuse_immense(held: zipfile.ZipFile) -> None:
    parts = held.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(_("Ce fichier se déplie en quelque chose d'immense. Enregistrez-le de nouveau, puis joignez-le."))
    # Two parts of one name: a checker reads one, an office suite the other.
    if len({name.lower() for name in names}) != len(names) or any(".." in name.split("/") for name in names):
        raise _Found


def _acts_by_name(name: str) -> bool:
    low = name.lower()
    return (
        low.startswith(("basic/", "scripts/", "configurations2/macros"))
        or "vbaproject" in low
        or "vbadata" in low
        or "/activex/" in low
        or "/embeddings/oleobject" in low
        or "/macrosheets/" in low
        or low.endswith(
            (
                ".docm",
                ".xlsm",
                ".pptm",
                ".dotm",
                ".xltm",
                ".exe",
                ".dll",
                ".js",
                ".vbs",
                ".bat",
                ".jar",
                ".class",
                ".swf",
                ".html",
                ".htm",
            )
        )
    )


def _acts(held: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int) -> bool:
    low = info.filename.lower()
    if low.endswith((".docx", ".xlsx", ".pptx", ".zip")):  # the workbook behind a chart
        return depth >= 2 or info.file_size > MOST_READ or _package_acts(io.BytesIO(held.read(info)), depth + 1)
    if low.endswith(".rels"):
        return _read(held, info, _relationship)
    if low == "[content_types].xml":
        return _read(held, info, _content_type)
    if low.startswith("word/") and low.endswith(".xml"):
        return _dde(held, info)
    if low.rsplit("/", 1)[-1] in _ODF_READ:
        return _read(held, info, _odf_element)
    return False


def _relationship(name: str, values: dict[str, str]) -> None:
    kind, target = values.get("Type", ""), values.get("Target", "").strip()
    if kind.lower().endswith(("/vbaproject", "/attachedtemplate", "/control", "/activexcontrolbinary")):
        raise _Found
    outside = values.get("TargetMode", "").lower() == "external"
    if outside and not (kind.endswith(_LINKS) and _SAFE_LINK.match(target)):
        raise _Found


def _content_type(name: str, values: dict[str, str]) -> None:
    kind = values.get("ContentType", "").lower()
    if any(word in kind for word in ("macroenabled", "vbaproject", "activex", "oleobject", "ms-excel.macrosheet")):
        raise _Found


def _odf_element(name: str, values: dict[str, str]) -> None:
    # With namespaces in full: « urn:…:script:1.0 event-listener ».
    space, _sep, local = name.rpartition(" ")
    if space.endswith(("script:1.0", "/2000/script")) or local in ("event-listener", "applet", "plugin", "dde-source"):
        raise _Found
    if local in ("object-ole", "dde-connection-decl", "dde-link") or (local == "script" and "office" in space):
        raise _Found
    target = next((value for key, value in values.items() if key.endswith("xlink href")), "").strip()
    if not target:
        return
    if local in ("a", "h") and not (_SAFE_LINK.match(target) or not re.match(r"[a-z][a-z0-9+.-]*:", target, re.I)):
        raise _Found
    parts = ("image", "object", "fill-image", "table-source", "cell-range-source", "section-source", "font-face-uri")
    if local in parts and re.match(r"[a-z][a-z0-9+.-]*:|//|\.\./", target, re.IGNORECASE):
        raise _Found


def _dde(held: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the fields of a text ask another program for their value; a field's words may be cut in pieces."""
    words: list[str] = []
    inside = 0

    def opened(name: str, values: dict[str, str]) -> None:
        nonlocal inside
        inside += name.endswith(" instrText")
        words.extend(value for key, value in values.items() if key.endswith(" instr"))

    def closed(name: str) -> None:
        nonlocal inside
        inside -= name.endswith(" instrText")

    def said(text: str) -> None:
        if inside:
            words.append(text)

    _read(held, info, opened, closed, said)
    return bool(_DDE.search("".join(words)))


def _read(held: zipfile.ZipFile, info: zipfile.ZipInfo, opened: Any, closed: Any = None, said: Any = None) -> bool:
    """Read one part; `opened` raises `_Found` at what acts. Declared entities are refused: nothing here needs them."""
    if info.file_size > MOST_READ:
        raise Refused(_("Ce fichier se déplie en quelque chose d'immense. Enregistrez-le de nouveau, puis joignez-le."))

    def declared(*told: Any) -> None:
        raise _Found

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EntityDeclHandler = opened, declared
    if closed:
        parser.EndElementHandler = closed
    if said:
        parser.CharacterDataHandler = said
    with held.open(info) as part:
        parser.ParseFile(part)
    return False
