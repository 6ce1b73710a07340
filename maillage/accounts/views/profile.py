"""One's own account, and how pages are shown on this device."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts.forms import ProfileForm
from maillage.accounts.models import User
from maillage.accounts.services import change_profile
from maillage.core.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, password, second factor, passkeys; other floors add what they know of the person."""
    shown = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        change_profile(actor=request.user, **form.cleaned_data)
        translation.activate(request.user.language)
        messages.success(request, _("Votre compte est à jour."))
        return redirect("accounts:profile")
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    context = {
        "form": form,
        "has_totp": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
    }
    return render(request, "accounts/profile.html", context)


@login_not_required
@require_POST
@csrf_exempt
def display(request: HttpRequest) -> HttpResponse:
    """Choose the theme or the language, then come back to the page one was on.

    Without an account the choice is a cookie of this browser and nothing else: it asks for no token, so that public
    pages, whose foot offers it, are the same for everybody and may be kept by caches.
    """
    return (_guarded if request.user.is_authenticated else _display)(request)


def _display(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    theme, language = request.POST.get("theme"), request.POST.get("language")
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        if request.user.is_authenticated:
            change_profile(actor=request.user, language=language)
    return response


_guarded = csrf_protect(_display)
