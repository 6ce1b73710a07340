"""A PDF that acts by itself is refused: scripts, programs to launch, files inside, forms that send."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from maillage.core.errors import Refused

MOST_OBJECTS = 200_000
MOST_DEEP = 60
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoToE"}
_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
_SUBTYPES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"}
# Names in the bytes themselves, for what the table of objects does not tell: a reader that repairs a file may still find them.
_BARE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?=[\s/<>\[\]()%]|$)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def refuse_active_pdf(path: Path) -> None:
    """Raises `Refused` for a PDF that does not read, asks a password, or holds something that acts by itself."""
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), path.read_bytes())
    if _BARE.search(raw):
        raise _active()
    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            locked = reader.is_encrypted and not reader.decrypt("")
            active = not locked and any(_acts(held) for held in _dictionaries(reader))
            pages = 0 if locked else len(reader.pages)
    except Refused:
        raise
    except Exception as trouble:  # a reader of PDF may raise anything at all when bytes are hostile
        raise Refused(
            _("Ce PDF ne se lit pas : il est endommagé. Enregistrez-le de nouveau, puis joignez-le.")
        ) from trouble
    if locked:
        raise Refused(_("Ce PDF demande un mot de passe : enregistrez-le sans, puis joignez-le."))
    if active:
        raise _active()
    if not pages:
        raise Refused(_("Ce PDF n'a aucune page. Enregistrez-le de nouveau, puis joignez-le."))


def _active() -> Refused:
    return Refused(
        _(
            "Ce PDF contient un script, un programme à lancer ou un fichier caché. Imprimez-le en PDF, puis joignez ce nouveau PDF."
        )
    )


def _acts(held: DictionaryObject) -> bool:
    if _KEYS & set(held):
        return True
    action, kind, subtype = (_bare(held, key) for key in ("/S", "/Type", "/Subtype"))
    return action in _ACTIONS or kind == "/EmbeddedFile" or subtype in _SUBTYPES


def _bare(held: DictionaryObject, key: str) -> str:
    """A name among the values of a dictionary; followed when it stands elsewhere."""
    value = held.raw_get(key) if key in held else None
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return str(value) if isinstance(value, NameObject) else ""


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, those that no page leads to as well."""
    yield from _within(reader.trailer, 0)
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise Refused(_("Ce PDF compte trop d'objets pour être vérifié. Imprimez-le en PDF, puis joignez-le."))
    generations = {number: gen for gen, table in reader.xref.items() for number in table}
    for number in sorted(numbers):
        found = reader.get_object(IndirectObject(number, generations.get(number, 0), reader))
        yield from _within(found, 0)


def _within(value: Any, depth: int) -> Iterator[DictionaryObject]:
    if depth > MOST_DEEP:
        raise Refused(_("Ce PDF est fait d'une façon que nous ne vérifions pas. Imprimez-le en PDF, puis joignez-le."))
    if isinstance(value, (DictionaryObject, StreamObject)):
        yield value
        for key in value:
            yield from _within(value.raw_get(key), depth + 1)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            yield from _within(inner, depth + 1)
