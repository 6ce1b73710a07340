"""Codes that a person dictates: eight signs without look-alikes, read back however they were typed."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O nor U
_LOOKALIKES = str.maketrans("ILOU", "110V")


def code_of_bits(bits: int) -> str:
    """The code of the last 40 bits of a number: « 7K2D-9QMX »."""
    signs = "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in range(7, -1, -1))
    return f"{signs[:4]}-{signs[4:]}"


def drawn_code() -> str:
    """A code drawn at random, that nobody guesses."""
    return code_of_bits(secrets.randbits(40))


def read_code(typed: str) -> str | None:
    """The code as it was typed or dictated (lower case, without hyphen, O for 0…); None for what is none."""
    signs = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper().translate(_LOOKALIKES)
    return f"{signs[:4]}-{signs[4:]}" if re.fullmatch(f"[{ALPHABET}]{{8}}", signs) else None
