"""The field in which an amount is typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from maillage.core.typography import number
from maillage.projects.amounts import amount_of


class AmountInput(forms.CharField):
    """An amount of Canadian dollars, as people type it; `Decimal` once read, None when nothing was typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        for name in ("min_value", "max_value"):
            options.pop(name, None)
        super().__init__(**options)
        # The length is that of what is typed, not of the amount that is read.
        self.validators = [one for one in self.validators if not isinstance(one, MaxLengthValidator)]
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # a field reads into what it likes
        """The amount. Raises `ValidationError` with the sentence of `amount_of`."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        if len(text := str(value)) > (self.max_length or 30):
            raise ValidationError(_("Ce montant est trop long. Écrivez par exemple 5500 ou 5 500,50."))
        return amount_of(text)

    def prepare_value(self, value: Any) -> Any:
        """As it is read: thousands apart, cents when there are some."""
        if not isinstance(value, Decimal):
            return value
        return number(value, 0 if value == value.to_integral_value() else 2)
