"""What somebody without account gives: a request to join, or the account that a link lets them open."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import Capacity


class JoinForm(forms.Form):
    """Somebody asks to join a group."""

    name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Votre courriel"), max_length=254,
        help_text=gettext_lazy("La réponse y sera envoyée. Seules les personnes qui animent le groupe le voient."),
        error_messages={"invalid": gettext_lazy("Écrivez un courriel complet, par exemple nom@organisme.ca.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    capacity = forms.ChoiceField(
        label=gettext_lazy("Vous venez à titre de"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    organization_name = forms.CharField(
        label=gettext_lazy("Votre organisation, s'il y en a une"), required=False, max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    message = forms.CharField(
        label=gettext_lazy("Un mot"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Ce qui vous amène. N'y écrivez rien sur une autre personne."),
    )  # fmt: skip


class AccountForm(forms.Form):
    """A member opens their account: their name, and the password they choose."""

    full_name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=gettext_lazy("Mot de passe"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=gettext_lazy("Le même mot de passe, encore"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("Les deux mots de passe ne sont pas les mêmes."))
        return given
