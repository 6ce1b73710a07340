"""The code with which a need is followed without account: « B-7K2D-9QMX »."""

import re

from maillage.core.short_code import read_code as read_signs

MARK = "B-"  # tells it from the code of a referral


def read_code(typed: str) -> str | None:
    """The code as it was typed or dictated, with or without its letter; None for what is none."""
    signs = re.sub(r"[\s\-\u2010-\u2015]", "", typed[:40]).upper()
    if len(signs) == 9 and signs[0] in "B8":
        signs = signs[1:]
    found = read_signs(signs)
    return f"{MARK}{found}" if found else None
