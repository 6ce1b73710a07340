"""Letters that the documents' fonts can draw: PDF/UA refuses a text that a reader could not see."""

import json
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
UNKNOWN = "?"


@lru_cache(maxsize=1)
def _drawn() -> frozenset[str]:
    ranges = json.loads((FONTS / "coverage.json").read_text())
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1)) | {"\n"}


def drawable(text: str) -> str:
    """`text` with each letter that no shipped font draws put in its plain form, or as « ? » where it has none."""
    drawn = _drawn()
    if drawn.issuperset(text):
        return text
    return "".join(char if char in drawn else _plain(char) for char in text)


def _plain(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf", "Mn"):
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain != char and _drawn().issuperset(plain) else UNKNOWN
