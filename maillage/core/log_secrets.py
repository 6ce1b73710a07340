"""Keeps secrets that stand in addresses (links to choose a password, invitations) out of what is logged."""

import logging
import re
from typing import Any

# The row goes to the end of the message; the next line of a trace begins with a word of its own.
_DETAIL = re.compile(r"DETAIL: .*?(?=\nTraceback|\n\nThe above|\n\nDuring|\Z)", re.DOTALL)
# The shortest secret of a link is far longer; a date, a number or a word of an address never is.
_LONG = re.compile(r"(?<=/)[\w:.~=-]{36,}")


class HideSecrets(logging.Filter):
    """Replace, in each line, the parts of an address that are long enough to be a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the line; only its words change."""
        record.msg, record.args = _LONG.sub("…", record.getMessage()), ()
        return True


class TraceFormatter(logging.Formatter):
    """Traces without the lines by which PostgreSQL shows the row that it refused: a note may stand there."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The trace, its « DETAIL » lines replaced."""
        return _DETAIL.sub("DETAIL: …", super().formatException(ei))
