"""Text as it is compared: folded, stemmed, the same on every database."""

import re
import unicodedata
from functools import lru_cache
from uuid import UUID

import snowballstemmer

_NUMBER = re.compile(r"[0-9]{1,18}")
_WORDS = re.compile(r"[0-9a-z]+")
_stemmer = snowballstemmer.stemmer("french")


class _Bare(dict[int, int | None]):
    """For `str.translate`: characters without their accents, each judged the first time that it is seen."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_bare = _Bare()


def fold(text: str) -> str:
    """`text` in lower case without accents or ligatures, white space folded: « LÉVIS » and « levis » are equal."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    return " ".join(spread.translate(_bare).casefold().split())


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return fold(_stemmer.stemWord(word))


def stems(text: str) -> str:
    """The French stems of `text`'s words, in order, folded, between spaces: ready for a search by `contains`."""
    return "".join(f" {_stem(word)}" for word in _WORDS.findall(fold(text))) + " "


def as_number(text: str | None) -> int | None:
    """The row number that an address or a form gives; None for anything else (« ² », thousands of digits…)."""
    return int(text) if text and _NUMBER.fullmatch(text) else None


def as_uid(text: str | None) -> UUID | None:
    """The identifier that an address or a form gives; None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
