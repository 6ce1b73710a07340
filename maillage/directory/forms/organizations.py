"""What the pages of organizations ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.directory.enums import OrganizationKind
from maillage.directory.models import Organization
from maillage.directory.queries import organizations_named

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrganizationFilter(forms.Form):
    """Words and kind."""

    q = forms.CharField(label=gettext_lazy("Nom ou sigle"), required=False, max_length=100)
    type = forms.ChoiceField(
        label=gettext_lazy("Type"), required=False, choices=[("", gettext_lazy("Tous")), *OrganizationKind.choices]
    )
    fermees = forms.BooleanField(label=gettext_lazy("Montrer aussi celles qui sont fermées"), required=False)


class OrganizationForm(forms.ModelForm):
    """An organization."""

    website = forms.URLField(label=gettext_lazy("Site web"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Organization
        fields = (
            "name",
            "short_name",
            "kind",
            "external_id",
            "website",
            "email",
            "phone",
            "privacy_regime",
            "closed_on",
        )
        widgets = {"closed_on": DAY}


class SuccessionForm(forms.Form):
    """Which organization took this one up, and when."""

    successor = forms.CharField(label=gettext_lazy("Organisation qui la remplace"), max_length=250)
    on = forms.DateField(label=gettext_lazy("En date du"), widget=DAY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].widget.attrs |= {"list": "organizations", "autocomplete": "off"}

    def clean_successor(self) -> Organization:
        """The organization of this name, and only it."""
        found = organizations_named(self.cleaned_data["successor"])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Aucune organisation ne porte ce nom.") if not found else _("Plusieurs organisations portent ce nom.")
            )
        return found[0]
