"""Registering: a member in one tap, anybody for a public meeting, and the page of whoever holds a registration."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.concertation.attesting import may_be_attested
from maillage.concertation.door_guard import may_go_on, note_try
from maillage.concertation.enums import RegistrationState
from maillage.concertation.forms.registrations import ComingForm, PersonForm, said_again, standing_values
from maillage.concertation.models import Attendance, Meeting, Member, Registration
from maillage.concertation.permissions import member_of
from maillage.concertation.registering import arrival_code, closed_because, is_over, place_in_line, standing
from maillage.concertation.services.registration_mail import send_link_again
from maillage.concertation.services.registrations import Registering, change_registration, withdraw
from maillage.concertation.services.registrations import register as register_somebody
from maillage.concertation.turns import in_turn
from maillage.core.errors import Refused
from maillage.directory.models import Person


@login_not_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Register for a meeting: a member of its group in one tap, anybody when it is public."""
    meeting = Meeting.objects.select_related("group").filter(uid=uid)
    found = (meeting.visible_to(request.user) | meeting.public()).first()
    if found is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    member = member_of(request.user, found.group)
    form_class = ComingForm if member else PersonForm
    form = form_class(found, request.POST if request.method == "POST" else None, initial=_known(request))
    if request.method == "GET":
        return _form(request, found, member, form)
    if not form.is_valid():
        return _form(request, found, member, form, status=422)
    return _register_member(request, found, member, form) if member else _register_other(request, found, form)


def _register_member(request: HttpRequest, meeting: Meeting, member: Member, form: ComingForm) -> HttpResponse:
    said = Registering(
        name=member.person.name,
        email=member.person.email or request.user.email,  # type: ignore[union-attr]
        person=member.person,
        capacity=member.capacity,
        organization=member.organization,
        **form.coming(),
    )
    try:
        registration, is_new = in_turn(lambda: register_somebody(actor=request.user, meeting=meeting, said=said))
    except Refused as refusal:
        return _form(request, meeting, member, form, str(refusal), 400)
    if not is_new and form.has_changed():
        change_registration(actor=request.user, registration=registration, said=said)
    line = place_in_line(registration)
    waits = _("Toutes les places sont prises : vous êtes au rang %d de la liste d'attente.") % line
    messages.success(request, waits if line else _("Vous êtes inscrit·e."))
    return redirect("concertation:meeting", uid=meeting.uid)


def _register_other(request: HttpRequest, meeting: Meeting, form: Any) -> HttpResponse:
    if not may_go_on(request, "registration"):
        problem = _("Beaucoup d'inscriptions viennent de partir d'ici : attendez dix minutes, puis recommencez.")
        return _form(request, meeting, None, form, problem, 429)
    note_try(request, "registration")
    actor = request.user if request.user.is_authenticated else None
    person = Person.objects.filter(user=actor).first() if actor else None
    said = form.registering(person=person)
    try:
        registration, is_new = in_turn(lambda: register_somebody(actor=request.user, meeting=meeting, said=said))
    except Refused as refusal:
        return _form(request, meeting, None, form, str(refusal), 400)
    except ValidationError as refusal:
        return _form(request, meeting, None, form, " ".join(refusal.messages), 422)
    if not registration.email and is_new:
        return redirect("concertation:registration", uid=registration.uid)
    if not is_new:
        send_link_again(registration=registration)
    # The same answer for an address that is registered already: nobody learns by it who comes.
    shown = {"meeting": meeting, "line": place_in_line(registration), "email": form.cleaned_data["email"]}
    return _private(render(request, "concertation/registration/noted.html", shown))


# Who holds the link holds the registration: no session gives any authority here, so that a forged form can do nothing more.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A registration, for whoever holds its link: where it stands, change it, give it up."""
    found = get_object_or_404(Registration.objects.select_related("meeting__group", "person", "organization"), uid=uid)
    form = ComingForm(found.meeting, request.POST if "change" in request.POST else None, initial=standing_values(found))
    if request.method == "GET":
        return _private(_page(request, found, form))
    try:
        if "withdraw" in request.POST:
            in_turn(lambda: withdraw(actor=None, registration=found))
            messages.success(request, _("C'est noté : votre place est rendue."))
        elif not form.is_valid():
            return _private(_page(request, found, form, status=422))
        else:
            change_registration(actor=None, registration=found, said=said_again(found, form))
            messages.success(request, _("C'est enregistré."))
    except Refused as refusal:
        return _private(_page(request, found, form, str(refusal), 400))
    return _private(redirect("concertation:registration", uid=uid))


def _page(
    request: HttpRequest, found: Registration, form: ComingForm, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "registration": found,
        "meeting": found.meeting,
        "form": form,
        "problem": problem,
        "line": place_in_line(found),
        "code": arrival_code(found),
        "changes": found.state != RegistrationState.CANCELLED and not is_over(found.meeting),
        "can_return": found.state == RegistrationState.CANCELLED and not closed_because(found.meeting),
        "attested": may_be_attested(found.meeting) and Attendance.objects.filter(registration=found).exists(),
    }
    return render(request, "concertation/registration/registration.html", shown, status=status)


def _form(
    request: HttpRequest, meeting: Meeting, member: Member | None, form: Any, problem: str = "", status: int = 200
) -> HttpResponse:
    mine = None
    if member is not None:
        live = meeting.registrations.filter(person=member.person_id).exclude(state=RegistrationState.CANCELLED)
        mine = live.order_by("rank").first()
    shown = {
        "meeting": meeting,
        "member": member,
        "mine": mine,
        "form": form,
        "standing": standing(meeting),
        "closed": closed_because(meeting),
        "problem": problem,
    }
    return render(request, "concertation/registration/register.html", shown, status=status)


def _known(request: HttpRequest) -> dict[str, str]:
    user = request.user
    return {"name": user.full_name, "email": user.email} if user.is_authenticated else {}


def _private(response: HttpResponse) -> HttpResponse:
    """No robot lists the page, and its address goes nowhere."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
