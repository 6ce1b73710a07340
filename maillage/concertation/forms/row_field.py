"""A choice among rows that were already read: one query for the list, none to check what comes back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model


class RowField(forms.TypedChoiceField):
    """One of `rows`, or None under the words `empty`."""

    def __init__(self, rows: Iterable[Model], empty: Any, **options: Any) -> None:
        found = {str(row.pk): row for row in rows}
        lines = [(key, getattr(row, "label", None) or str(row)) for key, row in found.items()]
        super().__init__(choices=[("", empty), *lines], coerce=found.get, empty_value=None, required=False, **options)
