"""Fields that the forms of this room share, and how a service's refusal comes back to a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.errors import NotAllowed, Refused
from maillage.core.text import stems
from maillage.directory.models import Organization
from maillage.directory.queries import organizations_named
from maillage.territories.models import Division


class DayField(forms.DateField):
    """A day, written AAAA-MM-JJ or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault(
            "error_messages",
            {"invalid": gettext_lazy("Écrivez la date ainsi : AAAA-MM-JJ, par exemple 2026-11-20.")},
        )
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class OrganizationField(forms.CharField):
    """An organization of the directory, by its name; the page offers a list `organizations`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Organisation"))
        super().__init__(max_length=250, **kwargs)
        self.widget.attrs |= {"list": "organizations", "autocomplete": "off"}

    def clean(self, value: Any) -> Organization | None:
        """The organization of this name, and only it."""
        name = super().clean(value)
        if not name:
            return None
        found = organizations_named(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Plusieurs organisations portent ce nom : écrivez-le en entier."))
        raise forms.ValidationError(
            _("Aucune organisation du répertoire ne porte ce nom. Vérifiez-le, ou faites-la ajouter au répertoire.")
        )


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


def carried_out(form: forms.BaseForm, work: Callable[[], Any]) -> bool:
    """Whether `work` (a service) went through; if it refused, the form says why. `NotAllowed` is not caught."""
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
        else:
            form.add_error(None, error.messages)
    return not form.errors
