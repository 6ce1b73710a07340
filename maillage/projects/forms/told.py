"""What forms of plans share: their words are screened, and somebody may say that what was found is nobody met."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy


class ToldForm(forms.Form):
    """A form whose fields named in `TOLD` are screened by the service: its refusals are the errors without code."""

    TOLD: ClassVar[tuple[str, ...]] = ()

    confirmed = forms.BooleanField(
        label=gettext_lazy("Les mots signalés ne désignent pas une personne rencontrée"), required=False
    )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to show: the box to confirm comes last, once something was found."""
        fields = [field for field in self if field.name != "confirmed"]
        return [*fields, self["confirmed"]] if self.asks_to_confirm else fields

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody says that what was found is nobody met."""
        return bool(self.is_bound and self["confirmed"].data)

    @property
    def asks_to_confirm(self) -> bool:
        """Whether something was found that a person may say is nobody, or somebody said so."""
        wrong = self.errors.as_data() if self.is_bound else {}
        return self.is_confirmed or any(error.code is None for name in self.TOLD for error in wrong.get(name, ()))

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmed"}
