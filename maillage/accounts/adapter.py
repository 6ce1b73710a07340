"""What allauth asks of the product."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by invitation only; refusals are in the product's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Ce compte est fermé."),
        "email_password_mismatch": gettext_lazy(
            "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux."
        ),
        "enter_current_password": gettext_lazy("Ce n'est pas votre mot de passe actuel."),
        "incorrect_password": gettext_lazy("Ce n'est pas le bon mot de passe."),
        "incorrect_code": gettext_lazy(
            "Ce code n'est pas le bon, ou il est trop vieux. Écrivez celui que vous voyez maintenant."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Trop d'essais sans succès. Attendez cinq minutes avant de recommencer."
        ),
        "rate_limited": gettext_lazy("Trop d'essais de suite. Attendez un peu avant de recommencer."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person comes in through an invitation (`programs`)."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, without a prefix."""
        return subject

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The message in the language of the person it goes to."""
        with translation.override(getattr(context.get("user"), "language", None) or translation.get_language()):
            return super().render_mail(template_prefix, email, context, headers)


class MFAAdapter(DefaultMFAAdapter):
    """The second proof, in the product's words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": gettext_lazy("Cette protection ne peut pas être retirée."),
        "cannot_generate_recovery_codes": gettext_lazy("Ajoutez d'abord une application de codes ou une clé d'accès."),
        "unverified_email": gettext_lazy("Votre courriel n'est pas encore vérifié : demandez une nouvelle invitation."),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A first name for a key, which the person may change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Clé %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "Maillage"
