"""What the page of attendance asks: somebody who came without registration, and guests counted without name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import Capacity, Presence
from maillage.concertation.models import Meeting
from maillage.concertation.services.attendance import MOST_GUESTS, Came
from maillage.directory.models import Organization
from maillage.directory.queries import organizations_named


class WalkInForm(forms.Form):
    """Somebody who came without registration."""

    name = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=200,
        help_text=gettext_lazy("Avec l'accord de la personne ; sinon, comptez-la sans nom plus bas."),
    )
    capacity = forms.ChoiceField(label=gettext_lazy("À titre de"), choices=Capacity, initial=Capacity.COMMUNITY)
    organization = forms.CharField(
        label=gettext_lazy("Pour l'organisation"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Son nom, tel que le répertoire l'écrit."),
    )
    presence = forms.ChoiceField(
        label=gettext_lazy("Présence"), choices=Presence, widget=forms.RadioSelect, initial=Presence.ON_SITE
    )

    def __init__(self, meeting: Meeting, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["presence"].required = False
        if not meeting.online_url:
            del self.fields["presence"]

    def clean_name(self) -> str:
        """A name that can be read."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(char.isalpha() for char in name):
            raise forms.ValidationError(_("Écrivez un nom, ou comptez la personne sans nom plus bas."))
        return name

    def clean_organization(self) -> Organization | None:
        """The organization of this name, and only it."""
        typed = self.cleaned_data["organization"].strip()
        if not typed:
            return None
        found = organizations_named(typed)
        if len(found) != 1:
            raise forms.ValidationError(
                _("Aucune organisation du répertoire ne porte ce nom : laissez vide, ou ajoutez-la au répertoire.")
                if not found
                else _("Plusieurs organisations portent ce nom : écrivez-le au complet.")
            )
        return found[0]

    def came(self) -> Came:
        """What the form says."""
        typed = self.cleaned_data
        return Came(
            name=typed["name"],
            capacity=typed["capacity"],
            organization=typed["organization"],
            presence=typed.get("presence") or Presence.ON_SITE,
        )


class GuestsForm(forms.Form):
    """How many guests came, by what they came as, without any name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, label in Capacity.choices:
            self.fields[code] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST_GUESTS, initial=0
            )

    def counts(self) -> dict[str, int]:
        """The numbers typed; an empty one is zero."""
        return {code: number or 0 for code, number in self.cleaned_data.items()}
