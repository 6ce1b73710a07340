from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.programs.queries import mrcs_of

from .fields import DayField


def _organizations(program: Program) -> Any:
    """The organizations from which people of this programme come: its partners, and those its people already have."""
    partners = Organization.objects.filter(partnerships__program=program)
    theirs = Organization.objects.filter(memberships__program=program)
    return (partners | theirs).distinct().order_by("name", "id")


class MemberForm(forms.Form):
    """A person's part in a programme."""

    label = forms.CharField(label=_("Nom affiché"), max_length=150, help_text=_("Le nom que l'équipe lit."))
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        required=False,
        queryset=Organization.objects.none(),
        empty_label=_("Aucune"),
        help_text=_("Parmi les partenaires du programme."),
    )
    divisions = forms.MultipleChoiceField(label=_("MRC"), required=False, widget=forms.CheckboxSelectMultiple)
    start = DayField(label=_("Depuis"), required=False)
    end = DayField(label=_("Jusqu'au"), required=False, help_text=_("Dernier jour d'accès."))

    def __init__(self, *args: Any, program: Program, member: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _organizations(program)
        self._mrcs = {str(division.pk): division for division in mrcs_of(program)}
        if member:
            self._mrcs |= {str(division.pk): division for division in member.divisions.all()}
        self.fields["divisions"].choices = [(key, division.name) for key, division in self._mrcs.items()]

    def clean_divisions(self) -> list[Any]:
        """The MRCs chosen."""
        return [self._mrcs[key] for key in self.cleaned_data["divisions"]]


class InviteForm(forms.Form):
    """Somebody to invite."""

    full_name = forms.CharField(label=_("Nom de la personne"), max_length=150)
    email = forms.EmailField(
        label=_("Courriel"), error_messages={"invalid": _("Écrivez un courriel complet, par exemple nom@organisme.ca.")}
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, widget=forms.RadioSelect)
    organization = forms.ModelChoiceField(label=_("Organisation"), required=False, queryset=Organization.objects.none())

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _organizations(program)


class AcceptForm(forms.Form):
    """Who takes up an invitation without having an account: their name, and the password they choose."""

    full_name = forms.CharField(
        label=_("Votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Le même mot de passe, encore"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("Les deux mots de passe ne sont pas les mêmes."))
        return given
