"""The people of a programme: participations and invitations."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused
from maillage.core.text import as_number, fold
from maillage.programs import services
from maillage.programs.forms import InviteForm, MemberForm
from maillage.programs.forms.fields import carried_out
from maillage.programs.usage import is_used

from .access import coordinated, of_team

PER_PAGE = 50


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the programme; its coordination also sees the invitations that wait."""
    program, coordinates = of_team(request, slug)
    former = request.GET.get("anciens") == "1"
    current = program.memberships.current()
    members = program.memberships.exclude(pk__in=current.values("pk")) if former else current
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        # The database folds case differently from one engine to another: a team is small enough to fold here.
        labels = members.values_list("pk", "label")
        members = members.filter(pk__in=[pk for pk, label in labels if fold(asked) in fold(label)])
    members = members.select_related("organization", "user").prefetch_related("divisions")
    page = Paginator(members.order_by("label", "id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "program": program,
        "page": page,
        "q": asked,
        "former": former,
        "former_count": program.memberships.filter(end__lt=date.today()).count(),
        "coordinates": coordinates,
        "invitations": program.invitations.pending().select_related("organization")[:100] if coordinates else [],
    }
    return render(request, "programs/people.html", context)


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by e-mail; from a participation without account when `participation` names one."""
    program = coordinated(request, slug, team_only=True)
    kept = None
    if number := request.GET.get("participation"):
        mine = program.memberships.filter(user=None)
        kept = get_object_or_404(mine, pk=as_number(number) or 0)
    initial = {"role": "worker"}
    if kept:
        initial = {"full_name": kept.label, "role": kept.role, "organization": kept.organization_id}
    form = InviteForm(request.POST or None, program=program, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"program": program, "membership": kept, "address": lambda token: link(request, token)}
        send = services.invite
        if carried_out(form, lambda: send(actor=request.user, **given, **form.cleaned_data)):
            messages.success(request, _("L'invitation est partie à %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("programs:people", slug=slug)
    return render(request, "programs/invite.html", {"program": program, "form": form, "kept": kept})


def link(request: HttpRequest, token: str) -> str:
    """The full address that an invitation's mail carries."""
    return request.build_absolute_uri(reverse("programs:invitation", kwargs={"token": token}))


@require_POST
def invitation_action(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or revoke it."""
    program = coordinated(request, slug, team_only=True)
    invitation = get_object_or_404(program.invitations, pk=pk)
    try:
        if "revoke" in request.POST:
            services.revoke_invitation(actor=request.user, invitation=invitation)
            messages.success(request, _("L'invitation est annulée : son lien n'ouvre plus."))
        else:
            address = lambda token: link(request, token)  # noqa: E731
            services.resend_invitation(actor=request.user, invitation=invitation, address=address)
            messages.success(request, _("Un nouveau lien est parti ; le précédent n'ouvre plus."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programs:people", slug=slug)


def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a worker who has no account."""
    program = coordinated(request, slug, team_only=True)
    form = MemberForm(request.POST or None, program=program, initial={"role": "worker"})
    if request.method == "POST" and form.is_valid():
        create = services.add_member
        if carried_out(form, lambda: create(actor=request.user, program=program, **form.cleaned_data)):
            return redirect("programs:people", slug=slug)
    return render(request, "programs/member.html", {"program": program, "form": form, "member": None})


def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a participation."""
    program = coordinated(request, slug, team_only=True)
    found = get_object_or_404(program.memberships.select_related("user", "organization"), pk=pk)
    title = found.label
    initial = {name: getattr(found, name) for name in ("label", "role", "organization", "start", "end")}
    initial["divisions"] = [division.pk for division in found.divisions.all()]
    form = MemberForm(request.POST or None, program=program, member=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        save = services.change_member
        if carried_out(form, lambda: save(actor=request.user, member=found, **form.cleaned_data)):
            messages.success(request, _("La participation est enregistrée."))
            return redirect("programs:people", slug=slug)
    context = {"program": program, "form": form, "member": found, "title": title, "used": is_used(found)}
    return render(request, "programs/member.html", context)


@require_POST
def member_action(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a participation at once, take it up again, or erase it."""
    program = coordinated(request, slug, team_only=True)
    found = get_object_or_404(program.memberships, pk=pk)
    name = {"name": found.label}
    try:
        if "end" in request.POST:
            services.end_member(actor=request.user, member=found)
            messages.success(request, _("%(name)s n'a plus accès au programme.") % name)
        elif "reinstate" in request.POST:
            services.reinstate_member(actor=request.user, member=found)
            messages.success(request, _("%(name)s a de nouveau accès au programme.") % name)
        elif "remove" in request.POST:
            services.remove_member(actor=request.user, member=found)
            messages.success(request, _("La participation de %(name)s est effacée.") % name)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programs:people", slug=slug)
