"""What a page needs to draw any portrait in a language, without a figure: kept by browsers under its digest."""

import hashlib
import json
from functools import lru_cache

from . import theme
from .catalogue import templates


@lru_cache(maxsize=4)
def content(language: str) -> bytes:
    """Kinds of charts, their common configuration and the language's numbers and months, as JSON."""
    whole = {
        "config": theme.config(),
        "specs": templates(),
        "numbers": theme.NUMBERS[language],
        "times": theme.TIMES[language],
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=4)
def digest(language: str) -> str:
    """A short digest of `content`."""
    return hashlib.sha256(content(language)).hexdigest()[:16]
