"""Forms of one's own account: allauth's, with the product's words."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import User

CURRENT, NEW, AGAIN = _("Mot de passe actuel"), _("Nouveau mot de passe"), _("Le même, encore une fois")


class ProfileForm(forms.ModelForm[User]):
    """Name and language."""

    class Meta:
        model = User
        fields = ("full_name", "language")
        widgets = {"language": forms.RadioSelect, "full_name": forms.TextInput(attrs={"autocomplete": "name"})}


class _OwnWords(forms.Form):
    """Gives allauth's fields our labels and helps; placeholders and lists of rules go."""

    labels: Mapping[str, str | Promise] = {}
    helps: Mapping[str, str | Promise] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_OwnWords, account.LoginForm):
    """The door."""

    labels = {"login": _("Courriel"), "password": _("Mot de passe"), "remember": _("Garder cet appareil connecté")}
    helps = {"remember": _("Seulement si l'appareil est à vous.")}


class ReauthenticateForm(_OwnWords, account.ReauthenticateForm):
    """The password again, before something that matters."""

    labels = {"password": _("Mot de passe")}


class ChangePasswordForm(_OwnWords, account.ChangePasswordForm):
    """Another password, by somebody who knows the present one."""

    labels = {"oldpassword": CURRENT, "password1": NEW, "password2": AGAIN}


class SetPasswordForm(_OwnWords, account.SetPasswordForm):
    """A first password."""

    labels = {"password1": NEW, "password2": AGAIN}


class ResetPasswordForm(_OwnWords, account.ResetPasswordForm):
    """Where to send the link."""

    labels = {"email": _("Courriel")}


class ResetPasswordKeyForm(_OwnWords, account.ResetPasswordKeyForm):
    """Another password, by somebody who holds the link."""

    labels = {"password1": NEW, "password2": AGAIN}


class AuthenticateForm(_OwnWords, mfa.AuthenticateForm):
    """The second step."""

    labels = {"code": _("Code")}


class ReauthenticateCodeForm(_OwnWords, mfa.ReauthenticateForm):
    """The code again, before something that matters."""

    labels = {"code": _("Code")}


class ActivateTOTPForm(_OwnWords, totp.ActivateTOTPForm):
    """The first code of an application."""

    labels = {"code": _("Code à six chiffres que montre l'application")}


class AddPasskeyForm(_OwnWords, webauthn.AddWebAuthnForm):
    """A new passkey; by default it opens the account alone."""

    labels = {"name": _("Nom de la clé"), "passwordless": _("Cette clé remplace le mot de passe")}
    helps = {
        "passwordless": _(
            "L'appareil demandera votre empreinte, votre visage ou son code. Sinon, elle sert de deuxième étape."
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class EditPasskeyForm(_OwnWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("Nom de la clé")}
