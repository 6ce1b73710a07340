"""Text as it is compared: folded, stemmed, the same on every database."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORDS = re.compile(r"[0-9a-z]+")
_stemmer = snowballstemmer.stemmer("french")


def fold(text: str) -> str:
    """`text` in lower case without accents or ligatures, white space folded: « LÉVIS » and « levis » are equal."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return fold(_stemmer.stemWord(word))


def stems(text: str) -> str:
    """The French stems of `text`'s words, in order, folded, between spaces: ready for a search by `contains`."""
    return "".join(f" {_stem(word)}" for word in _WORDS.findall(fold(text))) + " "
