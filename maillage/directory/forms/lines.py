"""The repeated lines of a service's page: telephones, contacts, hours, prices, places. They work without script.

An empty line is none; a line is removed by its box. `uid` tells which line of the sheet each is.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.directory.enums import LocationKind

from .organizations import DAY

MOST = 40  # lines of one kind on the page
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
DAYS = (
    ("MO", gettext_lazy("lundi")),
    ("TU", gettext_lazy("mardi")),
    ("WE", gettext_lazy("mercredi")),
    ("TH", gettext_lazy("jeudi")),
    ("FR", gettext_lazy("vendredi")),
    ("SA", gettext_lazy("samedi")),
    ("SU", gettext_lazy("dimanche")),
)


class LineForm(forms.Form):
    """A line: what it says, and which it is."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    needed = ""  # the field without which a line that says something else is refused
    sentence: Any = ""

    def clean(self) -> dict[str, Any]:
        """Refuse a line without what it is for."""
        data = super().clean() or {}
        if self.needed and self.has_changed() and not data.get("DELETE") and self.needed not in self.errors:
            said = [name for name, value in data.items() if value and name not in ("uid", "DELETE", "kind")]
            if said and not data.get(self.needed):
                self.add_error(self.needed, self.sentence)
        return data

    def says(self) -> bool:
        """Whether anything stands in the line, that nobody removed."""
        data = self.cleaned_data
        if data.get("DELETE"):
            return False
        return any(value not in (None, "", []) for name, value in data.items() if name not in ("uid", "DELETE", "kind"))


class PhoneForm(LineForm):
    """A number to call."""

    number = forms.CharField(label=gettext_lazy("Numéro"), required=False, max_length=60)
    extension = forms.CharField(label=gettext_lazy("Poste"), required=False, max_length=20)
    kind = forms.ChoiceField(
        label=gettext_lazy("Sorte"),
        required=False,
        choices=(
            ("voice", gettext_lazy("Voix")),
            ("text", gettext_lazy("Texto")),
            ("fax", gettext_lazy("Télécopieur")),
            ("cell", gettext_lazy("Cellulaire")),
            ("textphone", gettext_lazy("ATS")),
        ),
    )
    description = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=300)
    needed, sentence = "number", gettext_lazy("Le numéro manque.")


class ContactForm(LineForm):
    """Whom to ask for: a function first."""

    function = forms.CharField(label=gettext_lazy("Fonction"), required=False, max_length=200)
    name = forms.CharField(
        label=gettext_lazy("Nom"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Seulement si la personne veut qu'il soit public."),
    )
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), required=False, max_length=60)


class HoursForm(LineForm):
    """Hours of the week."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Jours"), required=False, choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    opens_at = forms.TimeField(label=gettext_lazy("Ouvre à"), required=False, widget=CLOCK)
    closes_at = forms.TimeField(label=gettext_lazy("Ferme à"), required=False, widget=CLOCK)
    valid_from = forms.DateField(label=gettext_lazy("À partir du"), required=False, widget=DAY)
    valid_to = forms.DateField(label=gettext_lazy("Jusqu'au"), required=False, widget=DAY)
    description = forms.CharField(label=gettext_lazy("En mots"), required=False, max_length=2000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.initial.get("is_ruled"):  # a rule that boxes cannot say stays as it is
            del self.fields["days"]

    def clean(self) -> dict[str, Any]:
        """Hours have their days, or words."""
        data = super().clean()
        if (
            "days" in self.fields
            and not data.get("DELETE")
            and (data.get("opens_at") or data.get("closes_at"))
            and not data.get("days")
        ):
            self.add_error("days", _("Cochez les jours de cet horaire."))
        return data


class CostForm(LineForm):
    """A price."""

    option = forms.CharField(label=gettext_lazy("Pour qui, ou à quelle condition"), required=False, max_length=300)
    amount = forms.DecimalField(
        label=gettext_lazy("Montant ($)"), required=False, min_value=0, max_digits=10, decimal_places=2, localize=True
    )
    description = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=500)


class PlaceForm(LineForm):
    """Where the service is given; `place` tells which place of the directory it is."""

    place = forms.UUIDField(required=False, widget=forms.HiddenInput)
    known = forms.ChoiceField(label=gettext_lazy("Un lieu déjà inscrit"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), required=False, choices=LocationKind.choices)
    name = forms.CharField(label=gettext_lazy("Nom du lieu"), required=False, max_length=250)
    address_1 = forms.CharField(label=gettext_lazy("Adresse"), required=False, max_length=250)
    address_2 = forms.CharField(label=gettext_lazy("Complément d'adresse"), required=False, max_length=250)
    city = forms.CharField(label=gettext_lazy("Municipalité"), required=False, max_length=120)
    postal_code = forms.CharField(label=gettext_lazy("Code postal"), required=False, max_length=12)
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), required=False)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), required=False)
    url = forms.URLField(label=gettext_lazy("Adresse web"), required=False, max_length=500, assume_scheme="https")
    transportation = forms.CharField(label=gettext_lazy("Transport"), required=False, max_length=2000)
    access = forms.MultipleChoiceField(
        label=gettext_lazy("Accessibilité"), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(label=gettext_lazy("À cet endroit seulement"), required=False, max_length=2000)

    def __init__(self, *args: Any, known: Any, access: Any, locked: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["known"].choices = [("", gettext_lazy("Un nouveau lieu")), *known]  # type: ignore[attr-defined]
        self.fields["access"].choices = access  # type: ignore[attr-defined]
        if self.initial.get("place"):
            del self.fields["known"]
        if self.initial.get("place") in locked:
            for name in self.fields:
                if name not in ("uid", "place", "description", "DELETE"):
                    self.fields[name].disabled = True


class Lines(forms.BaseFormSet):
    """Lines of one kind: as many as there are, and one to fill."""

    def kept(self) -> list[dict[str, Any]]:
        """What the lines say, in order, those that are empty or removed left out."""
        return [form.cleaned_data for form in self.forms if form.says()]


def lines_of(form: type[LineForm]) -> Any:
    """The set of lines of one kind."""
    return forms.formset_factory(
        form, formset=Lines, extra=1, can_delete=True, max_num=MOST, absolute_max=MOST + 1, validate_max=True
    )


SETS = {
    "phones": (lines_of(PhoneForm), gettext_lazy("Téléphones"), gettext_lazy("Ajouter un téléphone")),
    "contacts": (lines_of(ContactForm), gettext_lazy("Qui demander"), gettext_lazy("Ajouter un contact")),
    "schedules": (lines_of(HoursForm), gettext_lazy("Heures d'ouverture"), gettext_lazy("Ajouter un horaire")),
    "costs": (lines_of(CostForm), gettext_lazy("Tarifs"), gettext_lazy("Ajouter un tarif")),
    "at": (lines_of(PlaceForm), gettext_lazy("Lieux"), gettext_lazy("Ajouter un lieu")),
}
