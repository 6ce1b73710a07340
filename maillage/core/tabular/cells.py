"""What a cell says: text, number, day, yes or no, whatever the file made of it."""

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.text import fold

from .write import FORMULA_STARTS

BLANKS = frozenset(
    [
        "null",
        "none",
        "nil",
        "nan",
        "n/a",
        "na",
        "#n/a",
        "#na",
        "n/d",
        "nd",
        "n.d.",
        "n.d",
        "n.a.",
        "(vide)",
        "(null)",
        "(blank)",
        "-",
        "--",
        "–",
        "—",
        "…",
        "...",
        "..",
        ".",
        "#ref!",
        "#valeur!",
        "#value!",
        "s/o",
        "s.o.",
    ]
)
YES = frozenset(["oui", "o", "yes", "y", "true", "vrai", "v", "1", "x", "✓", "✔", "t"])
NO = frozenset(["non", "n", "no", "false", "faux", "f", "0"])
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_EXCEL_EPOCH = date(1899, 12, 30)
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$")
_SHORT = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[t ]+\d{1,2}[:h].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WORDED = re.compile(r"^(?:[a-z]+\.?,? )?(\d{1,2})(?:er)?[ -]([a-z]+)\.?,?[ -](\d{4}|\d{2})$")
_AMERICAN = re.compile(r"^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_CONTROLS = {code: bytes([code]).decode("cp1252", errors="ignore") or " " for code in range(0x80, 0xA0)}
_CONTROLS |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0xFEFF, 0xFFFE), "")


class BadCell(ValueError):
    """The cell does not say what is expected; the message is a sentence for the person."""


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing: empty, NULL, N/D, a dash…"""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and ((bare := value.strip().strip("\u00a0")) == "" or bare.casefold() in BLANKS)


def to_text(value: Any) -> str:
    """A cell as text on one line; blanks are ""; `59350.0` is « 59350 »; a guard before a formula is taken off."""
    return " ".join(to_note(value).split())


def to_note(value: Any) -> str:
    """A cell as text that keeps its line breaks."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    text = str(value).translate(_CONTROLS).strip()
    if text.startswith("'") and text[1:].lstrip().startswith(FORMULA_STARTS):
        text = text[1:]
    return text


def to_number(value: Any) -> float | None:
    """A number: « 1 234,5 », « 1,234.5 », « 12 % » (0.12), « (3) » (−3); None for a blank."""
    if is_blank(value):
        return None
    if isinstance(value, (bool, date)):
        raise BadCell(_("« {value} » n'est pas un nombre.").format(value=to_text(value)))
    if isinstance(value, (int, float)):
        return float(value)
    text = re.sub(r"[\s\u00a0\u202f\u2009'’$€]", "", str(value)).replace("−", "-").replace("–", "-")
    share = text.endswith("%")
    text = text.rstrip("%")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if "," in text and "." in text:
        last, other = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        text = text.replace(other, "").replace(last, ".")
    elif text.count(",") > 1 or text.count(".") > 1:
        text = text.replace(",", "").replace(".", "")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadCell(_("« {value} » n'est pas un nombre.").format(value=shown(value)))
    return number / 100 if share else number


def to_integer(value: Any, low: int = 0, high: int = 2_000_000_000) -> int | None:
    """A whole number between `low` and `high`; « 1,234 » is a thousand; None for a blank."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,3}(?:[,.]\d{3})+\s*", value):
        value = re.sub(r"[,.]", "", value)
    number = to_number(value)
    if number is None:
        return None
    if not float(number).is_integer():
        raise BadCell(_("« {value} » n'est pas un nombre entier.").format(value=shown(value)))
    if not low <= number <= high:
        if number < 0 <= low:
            raise BadCell(_("« {value} » est négatif.").format(value=shown(value)))
        raise BadCell(
            _("« {value} » n'est pas vraisemblable : on attend de {low} à {high}.").format(
                value=shown(value), low=low, high=high
            )
        )
    return int(number)


def to_flag(value: Any) -> bool | None:
    """Yes or no; None for a blank."""
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return value
    word = fold(to_text(value))
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(_("« {value} » n'est ni oui ni non.").format(value=shown(value)))


def to_day(value: Any, month_first: bool = False) -> date | None:
    """A day: AAAA-MM-JJ, JJ/MM/AAAA (or MM/JJ/AAAA), « 5 mars 2014 », Excel's number of days; None for a blank."""
    if is_blank(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        raise BadCell(_("« {value} » n'est pas une date (AAAA-MM-JJ).").format(value=shown(value)))
    text = fold(to_text(value))
    parts = _day_parts(text, month_first)
    if parts:
        try:
            return date(*parts)
        except ValueError:
            raise BadCell(_("« {value} » n'existe pas au calendrier.").format(value=shown(value))) from None
    if re.fullmatch(r"\d{4,6}(?:\.\d+)?", text) and 10_000 <= float(text) <= 100_000:
        return _EXCEL_EPOCH + timedelta(days=int(float(text)))
    raise BadCell(_("« {value} » n'est pas une date (AAAA-MM-JJ).").format(value=shown(value)))


def _day_parts(text: str, month_first: bool) -> tuple[int, int, int] | None:
    if found := _ISO.match(text) or _COMPACT.match(text):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := _SHORT.match(text):
        first, second, year = map(int, found.groups())
        month, day = (first, second) if month_first else (second, first)
        return _century(year), month, day
    if (found := _WORDED.match(text)) and found.group(2) in MONTHS:
        return _century(int(found.group(3))), MONTHS[found.group(2)], int(found.group(1))
    if (found := _AMERICAN.match(text)) and found.group(1) in MONTHS:
        return int(found.group(3)), MONTHS[found.group(1)], int(found.group(2))
    return None


def _century(year: int) -> int:
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= date.today().year + 1 else 1900 + year


def is_month_first(values: list[Any]) -> bool:
    """Whether a column of days written with signs puts the month first: some day only reads so, none the other way."""
    american = french = 0
    for value in values:
        if isinstance(value, str) and (found := _SHORT.match(value.strip())):
            first, second = int(found.group(1)), int(found.group(2))
            french += first > 12
            american += second > 12
    return american > 0 and french == 0


def shown(value: Any) -> str:
    """A cell as a message quotes it: short."""
    text = to_text(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
