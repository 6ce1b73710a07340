"""The field in which a territory is named."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.text import stems

from .models import Division


class DivisionField(forms.CharField):
    """A territory, by its name or code; where several bear the name, « nom (code) » tells which."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Territoire"))
        kwargs.setdefault("help_text", gettext_lazy("Une municipalité, une MRC ou une région : son nom ou son code."))
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> Division | None:
        """The division of this name or code."""
        text = super().clean(value)
        if not text:
            return None
        name, _open, code = text.removesuffix(")").rpartition(" (")
        found = _divisions(name or text, code if name else text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Aucun territoire ne porte ce nom."))
        offered = ", ".join(f"« {told_division(division)} »" for division in found)
        raise forms.ValidationError(_("Plusieurs territoires portent ce nom. Écrivez l'un de ceux-ci : %s.") % offered)


def told_division(division: Division) -> str:
    """A territory as the field takes it back, whatever others are called."""
    return f"{division.name} ({division.code})"


def _divisions(name: str, code: str) -> list[Division]:
    today = Division.objects.filter(valid_to=None).order_by("level", "code")
    if exact := list(today.filter(code=code)[:6]):
        named = [division for division in exact if stems(division.name) == stems(name)]
        return named or exact
    found = today
    for stem in stems(name).split():
        found = found.filter(search__contains=stem)
    near = list(found[:200])
    same = [division for division in near if stems(division.name) == stems(name)]
    return (same or near)[:6]
