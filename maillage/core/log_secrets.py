"""Keeps secrets that stand in addresses (links to choose a password, invitations) out of what is logged."""

import logging
import re

# The shortest secret of a link is far longer; a date, a number or a word of an address never is.
_LONG = re.compile(r"(?<=/)[\w:.~=-]{36,}")


class HideSecrets(logging.Filter):
    """Replace, in each line, the parts of an address that are long enough to be a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the line; only its words change."""
        record.msg, record.args = _LONG.sub("…", record.getMessage()), ()
        return True
