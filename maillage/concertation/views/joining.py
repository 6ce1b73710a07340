"""The public sheet of a group, requests to join it, and the link by which a member opens an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.accounts.models import User
from maillage.concertation.account_links import member_of_link
from maillage.concertation.asking_guard import may_ask, note_asked
from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.joining import AccountForm, JoinForm
from maillage.concertation.group_parts import sheet_parts
from maillage.concertation.joining import requests_listed
from maillage.concertation.models import Group, JoinRequest, Member
from maillage.concertation.permissions import can_animate, can_keep_members
from maillage.concertation.public_sheet import sheet_of
from maillage.concertation.queries import group_seen
from maillage.concertation.services.member_accounts import invite_member, join_with_account, join_with_new_account
from maillage.concertation.services.requests import approve_request, ask_to_join, refuse_request
from maillage.core.errors import NotAllowed, Refused, require

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """What anybody reads of a group."""
    group = get_object_or_404(Group.objects.public().select_related("territory", "host", "tenant_body"), slug=slug)
    request.shown_group_sheet = group  # type: ignore[attr-defined]
    context = {"group": group, **sheet_of(request, group), **sheet_parts(request, group)}
    return render(request, "concertation/sheet/sheet.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join a group."""
    group = get_object_or_404(Group.objects.public().filter(takes_requests=True), slug=slug)
    user: Any = request.user
    mine = {"name": user.full_name, "email": user.email} if user.is_authenticated else {}
    form = JoinForm(request.POST or None, initial=mine)
    status = 200
    if request.method == "POST":
        status = 422
        if not may_ask(request):
            form.add_error(None, _("Beaucoup de demandes sont parties d'ici. Attendez une heure, puis recommencez."))
            status = 429
        elif form.is_valid() and carried_out(form, lambda: ask_to_join(group=group, **form.cleaned_data)):
            note_asked(request)
            return redirect(f"{reverse('concertation:join', args=[slug])}?merci=1")
    context = {"group": group, "form": form, "sent": request.method == "GET" and "merci" in request.GET}
    return render(request, "concertation/sheet/join.html", context, status=status)


@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Requests to join, for those who animate."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    context = {"seen": seen, "tab": "members", **requests_listed(request, seen)}
    return render(request, "concertation/group/requests.html", context)


@require_POST
def request_decide(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Approve a request, or refuse it."""
    seen = group_seen(request, slug)
    require(can_animate(request.user, seen.group, seen.member))
    asked = get_object_or_404(JoinRequest.objects.select_related("group"), group=seen.group, uid=uid)
    try:
        if "approve" in request.POST:
            approve_request(actor=request.user, asked=asked)
            messages.success(request, _("%s fait partie du groupe et l'apprend par courriel.") % asked.name)
        elif "refuse" in request.POST:
            refuse_request(actor=request.user, asked=asked, reason=request.POST.get("reason", "").replace("\x00", ""))
            messages.success(request, _("La réponse est partie."))
    except NotAllowed:
        raise
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:requests", slug=slug)


@require_POST
def member_invite(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Send a member the link by which they open an account."""
    seen = group_seen(request, slug)
    require(can_keep_members(request.user, seen.group, seen.member))
    found = get_object_or_404(Member.objects.select_related("group", "person"), group=seen.group, uid=uid)
    try:
        if invite_member(actor=request.user, member=found) is None:
            messages.info(request, _("L'invitation est déjà partie aujourd'hui."))
        else:
            messages.success(request, _("L'invitation est partie à %s.") % found.person.email)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("concertation:members", slug=slug)


@sensitive_post_parameters("password", "again")
@login_not_required
@require_http_methods(["GET", "POST"])
def account_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account by the link of an invitation, or tie to it the one that the person opened meanwhile."""
    member, opens = member_of_link(token)
    if member is None or not opens:
        return _aside(render(request, "concertation/joining/closed.html", status=404 if member is None else 410))
    email, user = member.person.email, request.user
    has_account = User.objects.filter(email__iexact=email).exists()
    mine = user.is_authenticated and user.email.casefold() == email.casefold()
    form = AccountForm(request.POST or None, initial={"full_name": member.person.name})
    if request.method == "POST" and mine:
        join_with_account(actor=user, member=member)
        return _aside(redirect("concertation:group", slug=member.group.slug))
    if request.method == "POST" and not user.is_authenticated and not has_account and form.is_valid():
        name, password = form.cleaned_data["full_name"], form.cleaned_data["password"]
        opened: list[User] = []
        open_one = join_with_new_account
        if carried_out(form, lambda: opened.append(open_one(member=member, full_name=name, password=password))):
            login(request, opened[0], backend=BACKEND)
            messages.success(request, _("Bienvenue dans « %s ».") % member.group.name)
            return _aside(redirect("concertation:group", slug=member.group.slug))
    context = {"member": member, "group": member.group, "email": email, "mine": mine, "has_account": has_account}
    status = 422 if request.method == "POST" else 200
    return _aside(render(request, "concertation/joining/account.html", context | {"form": form}, status=status))


def _aside(response: HttpResponse) -> HttpResponse:
    """No robot lists the page, and its address goes nowhere."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
