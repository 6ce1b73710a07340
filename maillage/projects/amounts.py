"""Amounts of Canadian dollars: exact, from what a person types to what the database sums (docs/decisions/0042)."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core.typography import NBSP, number

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MOST = Decimal("999999999.99")
# What separates thousands when people type or paste: spaces of all kinds and apostrophes.
_GAPS = re.compile(r"[\s\u00a0\u2007\u2009\u202f'\u2019]")
_OTHERS = re.compile(r"(€|£|¥|\bEUR\b|\bUSD\b|\bUS\s*\$|\$\s*US\b|\bGBP\b)", re.IGNORECASE)
_OURS = re.compile(r"(\$\s*CA\b|\bCA\s*\$|\bCAD\b|\$|\bdollars?\b)", re.IGNORECASE)


def amount_of(text: str) -> Decimal:
    """The amount that somebody typed: « 5 500 $ », « 5500,00 », « 5,500.00 », « 5.500,00 », « CAD 12 ».

    The last comma or point with one or two digits after it separates cents; before it they separate thousands. Raises
    `ValidationError` with a sentence for another currency, more than two decimals, a negative amount, or no number.
    """
    said = text.strip()
    if _OTHERS.search(said):
        raise ValidationError(
            _("« %(text)s » est dans une autre monnaie : donnez le montant en dollars canadiens."),
            params={"text": said},
        )
    bare = _GAPS.sub("", _OURS.sub("", said))
    whole, cents = _parts(bare)
    if whole is None:
        raise ValidationError(
            _("« %(text)s » n'est pas un montant. Écrivez par exemple 5500 ou 5 500,50."), params={"text": said}
        )
    found = Decimal(f"{whole}.{cents or '00'}").quantize(CENT)
    if found > MOST:
        raise ValidationError(_("Ce montant dépasse 999 999 999,99 $ : vérifiez-le."))
    return found


def figure_of(text: str) -> Decimal | None:
    """The number that somebody typed, « 1 200,5 » or `1,200.5`, perhaps below zero; None where there is none, or over ten digits."""
    bare = _GAPS.sub("", text)
    whole, cents = _parts(bare.removeprefix("-"))
    if whole is None or len(whole) > 10:
        return None
    return Decimal(f"{'-' if bare.startswith('-') else ''}{whole}.{cents or '00'}").quantize(CENT)


def _parts(bare: str) -> tuple[str | None, str]:
    """Digits before and after the mark of cents; None where this is no amount."""
    if not bare.isascii():  # digits of other scripts are digits to Python too
        return None, ""
    if re.fullmatch(r"\d+", bare):
        return bare, ""
    if found := re.fullmatch(r"(\d+)[.,](\d{1,2})", bare):
        return found[1], found[2].ljust(2, "0")
    # Thousands: groups of three with one mark, then perhaps the other mark and cents.
    if found := re.fullmatch(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?", bare):
        return found[1].replace(",", ""), (found[2] or "").ljust(2, "0")
    if found := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?", bare):
        return found[1].replace(".", ""), (found[2] or "").ljust(2, "0")
    return None, ""


def dollars(amount: Decimal) -> str:
    """An amount as it is printed: « 5 500 $ », with cents only when there are some."""
    language = get_language() or "fr"
    printed = number(amount, 0 if amount == amount.to_integral_value() else 2, language)
    return f"{printed}{NBSP}$" if language.startswith("fr") else f"${printed}"


class AmountField(models.BigIntegerField):
    """An amount of Canadian dollars: a `Decimal` with two places in Python, whole cents in the database.

    Sums and comparisons are then those of integers on every engine. Arithmetic between two such fields stays exact; a product or
    a quotient is made in Python.
    """

    description = "Amount of Canadian dollars, exact"
    if TYPE_CHECKING:  # what the type checker's plugin reads: the column is of integers, the attribute is not
        _pyi_private_set_type: Decimal | int | str  # type: ignore[assignment]
        _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """Cents to dollars; what `Sum` answers comes here too."""
        return None if value is None else Decimal(int(value)).scaleb(-2)

    def to_python(self, value: Any) -> Decimal | None:
        """Dollars. Text is read as people type it."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return amount_of(value)
        if isinstance(value, float):
            raise TypeError("an amount is never a float")
        exact = Decimal(value)
        if not exact.is_finite() or exact != exact.quantize(CENT):
            raise ValidationError(_("Un montant compte au plus deux décimales."))
        return exact.quantize(CENT)

    def get_prep_value(self, value: Any) -> int | None:
        """Dollars to cents."""
        dollars = self.to_python(value)
        return None if dollars is None else int(dollars.scaleb(2))

    def formfield(self, **options: Any) -> Any:
        """A field that reads amounts as people type them."""
        from .forms.amounts import AmountInput

        return models.Field.formfield(self, **{"form_class": AmountInput, **options})
