"""What registering asks: by a member of themself, by anybody of themself, and by those who animate of somebody else."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import Capacity, Presence
from maillage.concertation.models import Meeting, Registration
from maillage.concertation.registering import access_choices
from maillage.concertation.services.registrations import Registering


class ComingForm(forms.Form):
    """How somebody comes and what they need: what a member says, and what whoever holds a registration may change."""

    presence = forms.ChoiceField(
        label=gettext_lazy("Vous participez"),
        choices=Presence,
        widget=forms.RadioSelect,
        required=False,
        initial=Presence.ON_SITE,
    )
    asked_for = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qui vous permettrait de participer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Seules les personnes qui préparent la rencontre le lisent, et c'est effacé après la rencontre."
        ),
    )
    access_note = forms.CharField(
        label=gettext_lazy("Précisions"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Ce qu'il faut préparer (langue, allergie, nombre d'enfants) ; rien de plus."),
    )

    def __init__(self, meeting: Meeting, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        self.fields["asked_for"].choices = access_choices(meeting)  # type: ignore[attr-defined]
        if not (meeting.online_url and meeting.place):
            del self.fields["presence"]

    def coming(self) -> dict[str, Any]:
        """What the form says, as `Registering` takes it."""
        typed = self.cleaned_data
        only = Presence.REMOTE if self.meeting.online_url and not self.meeting.place else Presence.ON_SITE
        return {
            "presence": typed.get("presence") or only,
            "asked_for": typed["asked_for"],
            "access_note": typed["access_note"],
        }


class PersonForm(ComingForm):
    """Somebody who is not known yet: name, address, as what they come, then how and what they need."""

    name = forms.CharField(
        label=gettext_lazy("Nom"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Courriel"),
        required=False,
        help_text=gettext_lazy("Pour recevoir la confirmation et savoir si une place se libère."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Vous venez à titre de"), choices=Capacity, initial=Capacity.CITIZEN
    )
    organization_name = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=250)
    field_order = ("name", "email", "capacity", "organization_name", "presence", "asked_for", "access_note")

    def clean_name(self) -> str:
        """A name that can be called at the door."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(char.isalpha() for char in name):
            raise forms.ValidationError(_("Écrivez un nom, ou le prénom par lequel vous appeler."))
        return name

    def registering(self, person: Any = None) -> Registering:
        """What the form says of somebody."""
        typed = self.cleaned_data
        who = {name: typed[name] for name in ("name", "email", "capacity", "organization_name")}
        return Registering(person=person, **who, **self.coming())


def said_again(registration: Registration, form: ComingForm) -> Registering:
    """The registration as it stands, with what its holder changes of it."""
    kept = ("name", "email", "person", "capacity", "organization", "organization_name")
    return Registering(**{name: getattr(registration, name) for name in kept}, **form.coming())


def standing_values(registration: Registration) -> dict[str, Any]:
    """What the form of a registration shows first."""
    return {name: getattr(registration, name) for name in ("presence", "asked_for", "access_note")}
