"""Which messages an address receives: chosen by whoever holds one of them, without account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.core.services import mail_choices

from .links import mail_of
from .topics import EVERYTHING, words_of


# The token is the only authority here: no session gives any. Mail programs write to this address by themselves, without
# cookie nor form, when a person touches their « unsubscribe » button (RFC 8058).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """The choices of the address that a message was written to. Reading changes nothing: robots follow links."""
    mail = mail_of(token)
    if mail is None:
        return _private(render(request, "core/mail/gone.html", status=404))
    if request.method == "POST" and "List-Unsubscribe" in request.POST:
        mail_choices.decline(email=mail.to, topic=mail.topic or EVERYTHING)
        return _private(HttpResponse(_("C'est noté."), content_type="text/plain; charset=utf-8"))
    if request.method == "POST":
        _choose(request, mail.to)
        return _private(redirect(f"{request.path}?fait=1"))
    return _private(_page(request, mail.to, mail.topic))


@require_http_methods(["GET", "HEAD", "POST"])
def my_choices(request: HttpRequest) -> HttpResponse:
    """The choices of the person who is signed in."""
    if request.method == "POST":
        _choose(request, request.user.email)
        messages.success(request, _("Vos choix sont gardés."))
        return redirect("core:my_mail_choices")
    return _page(request, request.user.email, "")


def _choose(request: HttpRequest, email: str) -> None:
    email = email.lower()
    if "nothing" in request.POST:
        mail_choices.decline(email=email, topic=EVERYTHING)
    else:
        mail_choices.choose(email=email, wanted=set(request.POST.getlist("topic")))


def _page(request: HttpRequest, email: str, topic: str) -> HttpResponse:
    known = mail_choices.topics_of(email=email.lower())
    words = words_of(known)
    shown = {
        "email": _masked(email),
        "topics": sorted(
            ((words[code], code, wanted) for code, wanted in known.items()),
            key=lambda line: (line[1] != topic, line[0]),
        ),
        "done": "fait" in request.GET,
    }
    return render(request, "core/mail/choices.html", shown)


def _masked(email: str) -> str:
    """« a•••@exemple.org »: whoever holds a forwarded message does not learn whose it was."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}•••{at}{domain}"


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
