"""What an invited person sees. A link that no longer opens always shows the same calm page."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from maillage.accounts.models import User
from maillage.core.errors import Refused
from maillage.programs import services
from maillage.programs.forms import AcceptForm
from maillage.programs.forms.fields import carried_out
from maillage.programs.models import Invitation
from maillage.programs.permissions import can_accept
from maillage.programs.queries import SESSION_KEY, find_invitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password", "again")
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with the account of its e-mail, or by choosing a name and a password."""
    found = find_invitation(token)
    if found is None or not Invitation.objects.usable().filter(pk=found.pk).exists():
        response = render(request, "programs/invitation_closed.html", status=404 if found is None else 410)
    elif User.objects.filter(email=found.email).exists():
        response = _with_account(request, found)
    else:
        response = _without_account(request, found)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    """The account must be that of the e-mail: another one is asked to sign out first."""
    mine = bool(can_accept(request.user, found))
    if request.method == "POST" and mine:
        try:
            services.accept_invitation(actor=request.user, invitation=found)
        except Refused:
            return render(request, "programs/invitation_closed.html", status=410)
        return _welcome(request, found)
    status = 403 if request.method == "POST" else 200
    return render(request, "programs/invitation_account.html", {"invitation": found, "mine": mine}, status=status)


def _without_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, initial={"full_name": found.full_name})
    if request.user.is_authenticated:
        return render(request, "programs/invitation_account.html", {"invitation": found, "mine": False})
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["full_name"], form.cleaned_data["password"]
        joined = []
        accept = services.accept_with_new_account
        if carried_out(form, lambda: joined.append(accept(invitation=found, full_name=name, password=password))):
            login(request, joined[0].user, backend=BACKEND)
            return _welcome(request, found)
    return render(request, "programs/invitation.html", {"invitation": found, "form": form})


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    request.session[SESSION_KEY] = found.program.slug
    messages.success(request, _("Bienvenue dans « %(program)s ».") % {"program": found.program})
    return redirect("programs:program", slug=found.program.slug)
