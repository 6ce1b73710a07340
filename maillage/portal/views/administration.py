"""The administration of the installation: accounts and the audit log. For everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.accounts import services
from maillage.accounts.models import User
from maillage.accounts.permissions import can_administer
from maillage.core.errors import NotAllowed, Refused
from maillage.core.text import as_number
from maillage.portal.queries import accounts, audit_lines, object_types

PER_PAGE = 40
View = Callable[..., HttpResponse]


def administrators(view: View) -> View:
    """The page exists for administrators only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not can_administer(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@administrators
def administration(request: HttpRequest) -> HttpResponse:
    """The accounts, with what each takes part in."""
    asked = request.GET.get("q", "").strip()[:100]
    page = Paginator(accounts(asked), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/administration/accounts.html", {"page": page, "q": asked})


@administrators
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: whether it is active, whether it administers, its last acts."""
    person = get_object_or_404(accounts(""), pk=pk)
    if request.method == "POST":
        _act(request, person)
        return redirect("portal:account", pk=pk)
    lines, _more = audit_lines(kind="", person=person.pk, before=None, count=10)
    return render(request, "portal/administration/account.html", {"person": person, "lines": lines})


def _act(request: HttpRequest, person: User) -> None:
    name = {"name": person.full_name}
    try:
        if "activate" in request.POST or "deactivate" in request.POST:
            active = "activate" in request.POST
            services.set_active(actor=request.user, user=person, active=active)
            messages.success(
                request, (_("%(name)s peut entrer.") if active else _("%(name)s ne peut plus entrer.")) % name
            )
        elif "promote" in request.POST or "demote" in request.POST:
            services.set_administrator(actor=request.user, user=person, administrator="promote" in request.POST)
            messages.success(request, _("C'est fait."))
        elif "reset" in request.POST:
            services.send_reset_link(actor=request.user, user=person, request=request)
            messages.success(request, _("Un lien pour choisir un mot de passe est parti à %(name)s.") % name)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))


@require_safe
@administrators
def audit(request: HttpRequest) -> HttpResponse:
    """The audit log, the newest line first, by type of object and by person."""
    kinds = object_types()
    kind = request.GET.get("type", "")
    given = {name: request.GET.get(name, "") for name in ("personne", "avant")}
    person, before = (as_number(text) for text in given.values())
    kept = kind if kind in dict(kinds) else ""
    lines, more = audit_lines(kind=kept, person=person, before=before, count=PER_PAGE)
    rest = request.GET.copy()
    rest["avant"] = str(more or "")
    context = {
        "lines": lines,
        "kinds": kinds,
        "kind": kept,
        "person": User.objects.filter(pk=person).first() if person else None,
        "next": f"?{rest.urlencode()}" if more else "",
    }
    return render(request, "portal/administration/audit.html", context)
