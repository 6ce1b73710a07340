"""The page on which somebody tunes or stops their digest: by the link of a message, or signed in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.concertation.community.addressing import reached
from maillage.concertation.community.digest import MAIL_TOPIC, person_of
from maillage.concertation.community.news import KINDS
from maillage.concertation.enums import Frequency
from maillage.concertation.forms.digest import DigestForm
from maillage.concertation.models import DigestChoice
from maillage.concertation.services.digests import choose_digest
from maillage.core.models import MailChoice
from maillage.directory.models import Person


# The signed address is the only authority here: no session and no cookie give any, and browsers send no origin that
# could be checked without a referrer. All that it opens is this choice.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def digest_choice(request: HttpRequest, token: str) -> HttpResponse:
    """Choose without account."""
    person = person_of(token)
    if person is None:
        raise Http404
    response = _chosen(request, person, None, reverse("concertation:digest_choice", args=[token]))
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "POST"])
def digest_mine(request: HttpRequest) -> HttpResponse:
    """Choose, signed in: the person of my account, when I am in a group."""
    person = Person.objects.select_related("user").filter(user=request.user.pk, seats__isnull=False).first()
    if person is None:
        raise Http404
    return _chosen(request, person, request.user, reverse("concertation:digest_mine"))


def _chosen(request: HttpRequest, person: Person, actor: Any, back: str) -> HttpResponse:
    choice = DigestChoice.objects.filter(person=person).first() or DigestChoice(person=person)
    if request.method == "POST":
        form = DigestForm(request.POST)
        if form.is_valid():
            frequency = form.cleaned_data["frequency"]
            choose_digest(actor=actor, person=person, frequency=frequency, without=form.without())
            return redirect(f"{back}?note=1")
    else:
        frequency = Frequency.NEVER if _declined(person) else choice.frequency
        form = DigestForm(initial={"frequency": frequency, "wanted": [k for k in KINDS if k not in choice.without]})
    shown = {"form": form, "noted": "note" in request.GET and request.method == "GET", "action": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "concertation/community/digest.html", shown, status=status)


def _declined(person: Person) -> bool:
    somebody = reached(person)
    return somebody is not None and MailChoice.objects.filter(email=somebody.email, topic=MAIL_TOPIC).exists()
