"""What a field of a file says, whoever wrote it: text, number, day, hour, address; `ValueError` when it says none of them."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from maillage.core.tabular.cells import to_day
from maillage.core.tabular.heading import key
from maillage.directory.enums import Fee, ServiceStatus

Notes = list[tuple[str, str]]  # (where, sentence)
# From which identifiers are made for what bears none of ours: the same file gives the same ones, anywhere.
SPACE = UUID("c1d9a0de-5f0c-5d6b-9c53-1f6f3a6f9c10")
_ESCAPED = re.compile(r"\\r\\n|\\n|\\r|\\t")
_ESCAPES = {"\\t": "\t"}
_UUID = re.compile(r"\{?([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\}?")
_WEB = URLValidator(schemes=["http", "https"])
_CLOCK = re.compile(r"(\d{1,2})(?:[:hH](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.I)
_FREE = re.compile(
    r"^(?:gratuite?s?|sans frais|aucun (?:frais|cout)|free(?: of charge)?|no (?:fee|charge|cost)s?|0)(?: |$)"
)
_STATUS = {
    ServiceStatus.ACTIVE: ("actif", "ouvert", "open", "offert", "published", "publie", "available", "en activite"),
    ServiceStatus.PAUSED: ("suspendu", "suspended", "paused", "ferme temporairement", "suspendu pour un temps"),
    ServiceStatus.INACTIVE: ("inactif", "closed", "ferme", "n est plus offert"),
    ServiceStatus.DEFUNCT: ("n existe plus", "permanently closed", "ferme definitivement"),
}


def text(value: Any) -> str:
    """A text without the spaces around it. A literal « \\n » is a line break; what no text holds is dropped."""
    if isinstance(value, (bool, dict, list)):
        raise ValueError(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = _ESCAPED.sub(lambda seen: _ESCAPES.get(seen[0], "\n"), str(value)) if "\\" in str(value) else str(value)
    if not found.isprintable():
        found = "".join(c for c in found if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return found.strip()


def line(value: Any) -> str:
    """A text on one line."""
    return " ".join(text(value).split())


def number(value: Any) -> float:
    """A number; a decimal comma is one."""
    if isinstance(value, bool):
        raise ValueError(value)
    found = (
        float(text(value).replace("\u00a0", "").replace(" ", "").replace(",", "."))
        if isinstance(value, str)
        else float(value)
    )
    if not math.isfinite(found):
        raise ValueError(value)
    return found


def whole(value: Any) -> int:
    """A whole number that the database holds, zero or more."""
    found = number(value)
    if not found.is_integer() or not 0 <= found <= 32_767:
        raise ValueError(value)
    return int(found)


def money(value: Any) -> Decimal:
    """An amount in dollars and cents."""
    try:
        found = Decimal(str(value).replace("\u00a0", "").replace(" ", "").replace(",", ".").strip("$ "))
    except InvalidOperation:
        raise ValueError(value) from None
    if not found.is_finite() or abs(found) >= 10**8 or found != round(found, 2):
        raise ValueError(value)
    return found.quantize(Decimal("0.01"))


def day(value: Any) -> date:
    """A day; the hour of a moment is dropped."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = to_day(text(value))
    if found is None:
        raise ValueError(value)
    return found


def clock(value: Any) -> time:
    """An hour of the day: « 08:30 », « 8 h 30 », « 1:00 pm »; « 24:00 » is the last minute. A zone is not one."""
    if isinstance(value, time):
        return value.replace(microsecond=0, tzinfo=None)
    seen = _CLOCK.fullmatch(text(value).replace(" h ", "h").replace(" ", ""))
    if seen is None:
        raise ValueError(value)
    hour, minute, second = int(seen[1]), int(seen[2] or 0), int(seen[3] or 0)
    if half := (seen[4] or "").lower()[:1]:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(23, 59) if (hour, minute) == (24, 0) else time(hour, minute, second)


def web(value: Any) -> str:
    """An address of the web, and of nothing else; « www.… » is one."""
    said = text(value)
    address = said if "://" in said or not re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|$)", said) else f"https://{said}"
    if len(address) > 500 or not _is_web(address):
        raise ValueError(value)
    return address


def mail(value: Any) -> str:
    """An e-mail address."""
    said = text(value).removeprefix("mailto:")
    if len(said) > 254 or not _is_mail(said):
        raise ValueError(value)
    return said


@lru_cache(maxsize=20_000)
def _is_web(address: str) -> bool:
    try:
        _WEB(address)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=20_000)
def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def uuid(value: Any) -> UUID:
    """An identifier of the common form."""
    seen = _UUID.fullmatch(str(value).strip())
    if seen is None:
        raise ValueError(value)
    return UUID(seen[1])


def identifier(value: Any, *within: Any) -> UUID:
    """The identifier that a file gives, else always the same one for these words."""
    try:
        return uuid(value)
    except ValueError:
        return uuid5(SPACE, "\x1f".join(map(str, (*within, value))))


def choice(choices: Iterable[str]) -> Callable[[Any], str]:
    """One of these codes, however its letters are."""
    known = {code.lower(): code for code in choices}

    def read(value: Any) -> str:
        found = known.get(text(value).lower())
        if found is None:
            raise ValueError(value)
        return found

    return read


def status(value: Any) -> str:
    """Where a service stands; the usual words for it are known in French and English."""
    said = key(text(value).replace("_", " "))
    for code, words in _STATUS.items():
        if said == key(code) or said in words:
            return str(code)
    raise ValueError(value)


def fee_said(words: str) -> str:
    """What words say plainly of the cost: free, or nothing."""
    return str(Fee.FREE) if _FREE.match(key(words)) else ""
