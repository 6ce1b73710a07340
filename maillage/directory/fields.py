"""The field in which an organization is named."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Organization
from .queries import organizations_named


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
