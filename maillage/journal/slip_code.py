"""The code that a person holds: it finds a referral without saying who it is about."""

from uuid import UUID

from maillage.core.short_code import ALPHABET, code_of_bits, read_code

__all__ = ["ALPHABET", "code_of", "read_code"]


def code_of(uid: UUID) -> str:
    """The code of a referral, from the last 40 bits of its identifier (random bits in versions 4 and 7): « 7K2D-9QMX ».

    A device without network computes the same (`front/src/entry/slip_code.js`).
    """
    return code_of_bits(uid.int & (2**40 - 1))
