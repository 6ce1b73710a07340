"""Numbers, shares, hours and dates as French and English print them; one place for pages, charts and files.

The language is that of the page unless the caller names one.
"""

from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import get_language

NARROW = "\u202f"
NBSP = "\u00a0"


def in_french(language: str = "") -> bool:
    """Whether `language`, or that of the page, is French."""
    return (language or get_language() or "fr").startswith("fr")


def number(value: float | int | Decimal | None, digits: int = 0, language: str = "") -> str:
    """`1234.5` → « 1 234,5 » (French, narrow no-break space) or `1,234.5`; nothing for None."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}"
    if in_french(language):
        text = text.replace(",", NARROW).replace(".", ",")
    return text


def percent(share: float | None, digits: int = 0, language: str = "") -> str:
    """A fraction as a percentage: `0.85` → « 85 % »."""
    if share is None:
        return ""
    text = number(share * 100, digits, language)
    return f"{text}{NBSP}%" if in_french(language) else f"{text}%"


def hours(minutes: int | None, language: str = "") -> str:
    """A duration: `95` minutes → « 1 h 35 »."""
    if minutes is None:
        return ""
    whole, rest = divmod(int(minutes), 60)
    tail = f"{NBSP}{rest:02d}" if rest else ""
    return f"{number(whole, 0, language)}{NBSP}h{tail}" if whole or not rest else f"{rest}{NBSP}min"


_BEFORE = {
    " :": f"{NBSP}:",
    " ;": f"{NARROW};",
    " ?": f"{NARROW}?",
    " !": f"{NARROW}!",
    " %": f"{NBSP}%",
    " »": f"{NBSP}»",
}


def day(value: date | None, language: str = "") -> str:
    """A day in full: « 1er mai 2014 », « 7 mai 2014 », `May 7, 2014`; nothing for None."""
    if value is None:
        return ""
    month, year = MONTHS[value.month], f"{value.year:04d}"
    if not in_french(language):
        return f"{month} {value.day}, {year}"
    return f"{'1er' if value.day == 1 else value.day}{NBSP}{month} {year}"


def typographic(text: str) -> str:
    """French text as it is printed: curly apostrophes, and no line that begins with « : » or « ; »."""
    text = text.replace("'", "’").replace("« ", f"«{NBSP}")
    for plain, printed in _BEFORE.items():
        text = text.replace(plain, printed)
    return text
