"""Open an account; say whether it is active and whether it administers the installation."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.accounts.permissions import can_administer
from maillage.core.errors import Refused, require
from maillage.core.services import audit


@transaction.atomic
def open_account(*, email: str, full_name: str, password: str, language: str = "fr-ca") -> User:
    """An account for somebody who showed that the e-mail is theirs (an invitation's link). Refuses a weak password."""
    user = User(email=email.strip().lower(), full_name=" ".join(full_name.split()), language=language)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit(actor=user, verb="accounts.opened", obj=user)
    return user


@transaction.atomic
def set_active(*, actor: Any, user: User, active: bool) -> User:
    """Let somebody sign in, or not; a person signed in is put out at their next request."""
    require(can_administer(actor))
    _keep_an_administrator(actor, user, still=active and user.is_administrator)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        audit(actor=actor, verb="accounts.activation", obj=user, changes={"is_active": [not active, active]})
    return user


@transaction.atomic
def set_administrator(*, actor: Any, user: User, administrator: bool) -> User:
    """Give or take away the administration of the installation."""
    require(can_administer(actor))
    if administrator and not user.is_active:
        raise Refused(_("Ce compte est désactivé : réactivez-le d'abord."))
    _keep_an_administrator(actor, user, still=administrator)
    if user.is_administrator != administrator:
        user.is_administrator = administrator
        user.save(update_fields=["is_administrator"])
        audit(
            actor=actor,
            verb="accounts.administration",
            obj=user,
            changes={"is_administrator": [not administrator, administrator]},
        )
    return user


def send_reset_link(*, actor: Any, user: User, request: HttpRequest) -> None:
    """Send somebody the link by which they choose another password; nobody but them sees it."""
    require(can_administer(actor))
    if not user.is_active:
        raise Refused(_("Ce compte est désactivé : réactivez-le d'abord."))
    form = ResetPasswordForm({"email": user.email})
    form.full_clean()
    try:
        form.save(request)
    except OSError as error:
        raise Refused(_("Le courriel n'est pas parti. Essayez de nouveau dans quelques minutes.")) from error
    audit(actor=actor, verb="accounts.reset_sent", obj=user)


def _keep_an_administrator(actor: Any, user: User, *, still: bool) -> None:
    if user.is_administrator and not still:
        if user == actor:
            raise Refused(_("Vous ne pouvez pas vous retirer vous-même l'administration."))
        if not User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk).exists():
            raise Refused(_("Une installation garde au moins une personne à l'administration."))
