"""What the page of a person asks: who they are, their account, where they belong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.directory.enums import AffiliationRole
from maillage.directory.models import Organization, Person
from maillage.directory.queries import organizations_named

from .organizations import DAY


class PersonForm(forms.ModelForm):
    """Somebody who works or volunteers in organizations; `account` is the e-mail of their account, if they have one."""

    account = forms.EmailField(
        label=gettext_lazy("Courriel de son compte"),
        required=False,
        help_text=gettext_lazy("Pour qu'elle tienne à jour les fiches de ses organisations."),
    )

    class Meta:
        model = Person
        fields = ("name", "email", "phone", "is_listed")

    def clean_account(self) -> User | None:
        """The account of this e-mail, which nobody else has."""
        email = self.cleaned_data["account"]
        if not email:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise forms.ValidationError(_("Aucun compte n'a ce courriel. Invitez d'abord la personne."))
        if Person.objects.filter(user=user).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Ce compte est déjà celui d'une autre personne du répertoire."))
        return user


class AffiliationForm(forms.Form):
    """Where a person belongs, in which role, since when."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organization = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=250)
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"), required=False, choices=AffiliationRole.choices, initial=AffiliationRole.STAFF
    )
    function = forms.CharField(label=gettext_lazy("Fonction"), required=False, max_length=200)
    start = forms.DateField(label=gettext_lazy("Depuis"), required=False, widget=DAY)
    end = forms.DateField(label=gettext_lazy("Jusqu'au"), required=False, widget=DAY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"].widget.attrs |= {"list": "organizations", "autocomplete": "off"}

    def clean_organization(self) -> Organization | None:
        """The organization of this name, and only it."""
        name = self.cleaned_data["organization"]
        found = organizations_named(name) if name else []
        if name and len(found) != 1:
            raise forms.ValidationError(
                _("Aucune organisation ne porte ce nom.") if not found else _("Plusieurs organisations portent ce nom.")
            )
        return found[0] if found else None

    def clean(self) -> dict[str, Any]:
        """A time ends after it begins; a line that says something names its organization."""
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            self.add_error("end", _("La fin précède le début."))
        said = any(data.get(name) for name in ("function", "start", "end"))
        if said and not data.get("organization") and "organization" not in self.errors and not data.get("DELETE"):
            self.add_error("organization", _("Nommez l'organisation."))
        return data


Affiliations = forms.formset_factory(AffiliationForm, extra=1, can_delete=True, max_num=30, absolute_max=31)
