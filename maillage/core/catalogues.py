"""Catalogues of texts, without gettext's programs: sources are in French, English is filled by hand.

The French catalogue repeats each text as it is. Without it, plurals would follow English rules (« 0 rencontres ») and a
library's own text would win over ours wherever both have the same key (« Note » would read « Remarque »).
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "core" / "locale"
LANGUAGES = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
KEYWORDS = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str, str, str]  # context, text, plural
PLACE = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")


def catalogue(language: str) -> Path:
    """Where the catalogue of `language` stands."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def extract() -> dict[Key, set[str]]:
    """Every text of the product that a person may see, with the files that hold it."""
    found: dict[Key, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts or "static" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for key in _texts(path):
            found.setdefault(key, set()).add(path.relative_to(PACKAGE.parent).as_posix())
    return found


def _texts(path: Path) -> Iterator[Key]:
    from babel.messages.extract import extract as babel_extract  # a tool of development: the product runs without it

    source = path.read_text()
    if "\ndef _(" in source:  # a file of data that uses the name for something else
        return
    if path.suffix != ".py":
        # What is left of a template reads as code; without its margins, so that no indentation is looked for.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _line, message, _comments, context in babel_extract("python", io.BytesIO(source.encode()), KEYWORDS):
        text, plural = message if isinstance(message, tuple) else (message, "")
        if text:
            yield context or "", text, plural or ""


def updated(language: str, texts: dict[Key, set[str]]) -> polib.POFile:
    """The catalogue of `language` for exactly these texts; what was translated stays."""
    path = catalogue(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=120)
    new.metadata = {
        "Project-Id-Version": "Maillage",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    for (context, text, plural), files in sorted(texts.items()):
        entry = polib.POEntry(msgid=text, msgctxt=context or None, occurrences=[(file, "") for file in sorted(files)])
        before = known.get((context, text, plural))
        if plural:
            entry.msgid_plural = plural
            kept = before.msgstr_plural if before and before.msgstr_plural else {0: "", 1: ""}
            entry.msgstr_plural = {0: text, 1: plural} if language == "fr" else kept
        else:
            entry.msgstr = text if language == "fr" else (before.msgstr if before else "")
        new.append(entry)
    return new


def update() -> dict[str, int]:
    """Write both catalogues anew from the sources; how many texts each still lacks."""
    texts = extract()
    lacking = {}
    for language in LANGUAGES:
        file, path = updated(language, texts), catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(str(path))
        lacking[language] = len(untranslated(file))
    return lacking


def untranslated(file: polib.POFile) -> list[str]:
    """Texts that have no translation."""
    return [entry.msgid for entry in file if not entry.translated()]


def misplaced(file: polib.POFile) -> list[str]:
    """Texts whose translation does not name the same values (`%(name)s`, `{name}`)."""
    return [
        entry.msgid
        for entry in file
        for text, translation in _pairs(entry)
        if translation and _places(text) != _places(translation)
    ]


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    if entry.msgid_plural:
        yield entry.msgid_plural, entry.msgstr_plural.get(1, "")
    else:
        yield entry.msgid, entry.msgstr


def _places(text: str) -> list[str]:
    return sorted(match.group() for match in PLACE.finditer(text.replace("%%", "")))


def compile_all() -> list[Path]:
    """Make the binary catalogue that Django reads beside each of ours; the files made."""
    made = []
    for language in LANGUAGES:
        path = catalogue(language)
        if path.exists():
            target = path.with_suffix(".mo")
            polib.pofile(str(path)).save_as_mofile(str(target))
            made.append(target)
    return made
