"""Which encoding a text file is in: a mark, UTF-8, UTF-16 without a mark, else the most French-looking of the old ones."""

import codecs
from itertools import pairwise
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters and signs that French and English texts of the province hold, by how telling they are.
USUAL = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’‘“”«»–—…°€ñáíóú½²\u00a0")
OLD = ("cp1252", "latin-1", "mac_roman", "cp850")
STRAY = "maillage-stray-bytes"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 in a file that mostly is: read them as Windows wrote them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error(STRAY, _as_windows)


def detect(path: Path) -> tuple[str, str]:
    """`(encoding, errors)` with which to open the file as text."""
    with path.open("rb") as file:
        head = file.read(65_536)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, "replace"
    wide = _wide_without_mark(head)
    if wide:
        return wide, "replace"
    valid, invalid, sample = _utf8_share(path)
    if not invalid:
        return "utf-8", "strict"
    if valid > 2 * invalid:
        return "utf-8", STRAY
    return _best_old(sample), "replace"


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 betrays itself by a zero every second byte."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _utf8_share(path: Path) -> tuple[int, int, bytes]:
    """How many lines hold valid multi-byte UTF-8, how many hold something else, and the bytes of the latter."""
    valid = invalid = 0
    sample = bytearray()
    with path.open("rb") as file:
        for line in file:
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                valid += 1
            except UnicodeDecodeError:
                invalid += 1
                if len(sample) < 200_000:
                    sample += line
    return valid, invalid, bytes(sample)


def _best_old(sample: bytes) -> str:
    scores = []
    for rank, name in enumerate(OLD):
        text = sample.decode(name, errors="replace")
        high = [char for char in text if ord(char) > 127]
        usual = sum(char in USUAL for char in high)
        bad = sum(char == "\ufffd" or "\x80" <= char <= "\x9f" for char in high)
        # An accented capital inside a word of small letters is a sign of the wrong page of codes.
        odd = sum(a.islower() and b in "ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜ" for a, b in pairwise(text))
        scores.append((usual - 3 * bad - 2 * odd, -rank, name))
    return max(scores)[2]
