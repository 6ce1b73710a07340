"""A form whose words may not say who was met."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class ScreenedForm(forms.Form):
    """Once a service found in one of its words (`told`) what could say who somebody is, a box lets the person say that it is nobody."""

    told: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "confirmed" in self.data:
            self._ask()

    def add_error(self, field: str | None, error: Any) -> None:
        """Note the error; one on words that were well read comes from the screening."""
        if field in self.told and field in self.cleaned_data:
            self._ask()
        super().add_error(field, error)

    def _ask(self) -> None:
        self.fields["confirmed"] = forms.BooleanField(
            label=_("J'ai relu : aucun de ces passages ne désigne une personne rencontrée."), required=False
        )
