"""How often somebody wants to hear what is new, and of what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.concertation.community.news import KINDS
from maillage.concertation.enums import Frequency


class DigestForm(forms.Form):
    """Frequency, and the kinds of news that are wanted."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("Je veux recevoir le bulletin"), choices=Frequency.choices, widget=forms.RadioSelect
    )
    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que je veux y lire"),
        choices=list(KINDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """A digest of nothing is none: saying so is clearer than silence."""
        said = super().clean() or {}
        if said.get("frequency") not in (None, Frequency.NEVER) and not said.get("wanted"):
            self.add_error("wanted", gettext_lazy("Cochez au moins une sorte de nouvelles, ou choisissez « Jamais »."))
        return said

    def without(self) -> list[str]:
        """The kinds that are not wanted."""
        return [kind for kind in KINDS if kind not in self.cleaned_data["wanted"]]
