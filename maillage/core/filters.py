"""The filters in force of a list, each with the address of the list without it."""

from typing import Any

from django.forms import ChoiceField, Form
from django.http import HttpRequest
from django.utils.translation import gettext as _


def filters_in_force(request: HttpRequest, form: Form) -> list[dict[str, str]]:
    """What `c-filters` shows for the valid, filled fields of `form` (already checked), in their order."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not value:
            continue
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        told = {"label": str(field.label), "value": _told(field, value)}
        found.append(told | {"remove": f"?{query.urlencode()}"})
    return found


def _told(field: Any, value: Any) -> str:
    if value is True:
        return _("oui")
    return str(dict(field.choices).get(value, value) if isinstance(field, ChoiceField) else value)
