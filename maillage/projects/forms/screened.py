"""A form whose words may not say who was met."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

CONFIRMS = gettext_lazy("J'ai relu : aucun de ces passages ne désigne une personne rencontrée.")


class Screened(forms.BaseForm):
    """Stands before `forms.Form` or `forms.ModelForm`; `TOLD` names the fields whose words a service screens.

    What a service refuses in words that were well read comes from the screening: a box, `confirmed`, then follows the other
    fields, by which the person says that the passages found are nobody met.
    """

    TOLD: tuple[str, ...] = ()
    was_read = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.add_prefix("confirmed") in self.data:
            self._ask()

    def full_clean(self) -> None:
        """Read the fields; what is refused later is refused by a service."""
        super().full_clean()
        self.was_read = True

    def add_error(self, field: str | None, error: Any) -> None:
        """Note the error, and ask whether the words are those of nobody when the screening found it."""
        if self.was_read and field in self.TOLD and field in self.cleaned_data:
            self._ask()
        super().add_error(field, error)

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody says that what was found is nobody met."""
        return bool(self.cleaned_data.get("confirmed"))

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmed"}

    def _ask(self) -> None:
        self.fields["confirmed"] = forms.BooleanField(label=CONFIRMS, required=False)
