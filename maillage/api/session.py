"""The session cookie of the product as a way into the API."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from maillage.accounts.models import User

from .problems import Problem

READ_ONLY = ("GET", "HEAD", "OPTIONS")


class Session(APIKeyCookie):
    """The person whose session the cookie names; whatever writes shows the token too (`X-CSRFToken`)."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "Session of a person who signed in (see the protocol, « For other clients »)."

    def __call__(self, request: HttpRequest) -> User:
        """The person. Raises a 401 without session, a 403 without the token."""
        if not request.user.is_authenticated:
            said = _("La session est terminée : connectez-vous. Ce qui attend sur l'appareil y reste.")
            raise Problem(401, "signed_out", said)
        if request.method not in READ_ONLY and check_csrf(request):
            said = _("Le jeton de la session (X-CSRFToken) manque ou n'est plus bon : rouvrez la page.")
            raise Problem(403, "csrf", said)
        return request.user

    def authenticate(self, request: HttpRequest, key: str | None) -> User:
        """The same: what the base class asks for."""
        return self(request)
