"""Without account: name a need before a group, follow it by its code, say that one lives it too."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.concertation.forms.fields import carried_out
from maillage.concertation.forms.public_need import PublicNeedForm
from maillage.concertation.models import Group, NamedNeed
from maillage.concertation.needs.code import read_code
from maillage.concertation.needs.guard import MISSES, NAMING, SUPPORTING
from maillage.concertation.needs.outside import public_page, takes_needs
from maillage.concertation.needs.support import said_outside, support_of
from maillage.concertation.services.need_supports import support_without_account
from maillage.concertation.services.proposed_needs import propose_need

COOKIE, YEAR = "besoins", 365 * 24 * 3600


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a need before a group that takes them, and read those that it shows with what came of them."""
    group = _open_group(slug)
    sent = request.POST if request.method == "POST" else None
    form = PublicNeedForm(sent, group=group, initial={"milieu": request.GET.get("milieu", "")[:40]})
    status = 200
    if sent is not None:
        if not NAMING.lets(request):
            form.add_error(
                None, _("Beaucoup de besoins viennent d'être envoyés d'ici : attendez une heure, puis renvoyez.")
            )
            status = 429
        elif form.is_valid():
            named = _propose(request, group, form)
            if named is not None:
                return _private(render(request, "concertation/needs/named.html", {"group": group, "need": named}))
        status = 422 if status == 200 else status
    return _private(_public(request, group, form, status))


def _propose(request: HttpRequest, group: Group, form: PublicNeedForm) -> NamedNeed | None:
    data, named = form.cleaned_data, []
    values = {name: data[name] for name in ("statement", "details", "named_as")} | {"site": form.site()}
    if carried_out(form, lambda: named.append(propose_need(group=group, values=values, uid=data["uid"]))):
        NAMING.note(request)
        return named[0]
    return None


def _public(
    request: HttpRequest, group: Group, form: PublicNeedForm, status: int = 200, thanks: bool = False, problem: str = ""
) -> HttpResponse:
    page, lines = public_page(group, request.GET.get("page"))
    context: dict[str, Any] = {"group": group, "page": page, "lines": lines, "thanks": thanks, "problem": problem}
    context["form"] = form if takes_needs(group) else None
    context["site"] = form.site()
    return render(request, "concertation/needs/public.html", context, status=status)


@login_not_required
@require_POST
def need_too(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Somebody without account lives a need too: once for each browser, by a key that says nothing of them."""
    group = _open_group(slug)
    need = get_object_or_404(NamedNeed.objects.public().filter(group=group), uid=uid)
    form = PublicNeedForm(group=group)
    if not SUPPORTING.lets(request):
        problem = _("Beaucoup d'appuis viennent d'être donnés d'ici : attendez une heure, puis recommencez.")
        return _private(_public(request, group, form, 429, problem=problem))
    key = request.COOKIES.get(COOKIE, "")
    key = key if 20 <= len(key) <= 60 else secrets.token_urlsafe(24)
    if support_without_account(need=need, key=key):
        SUPPORTING.note(request)
    answer = _private(_public(request, group, form, thanks=True))
    answer.set_cookie(COOKIE, key, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_code(request: HttpRequest) -> HttpResponse:
    """What the code of a need opens: where it stands, and what came of it."""
    typed = (request.POST or request.GET).get("code", "")[:40]
    context: dict[str, Any] = {"code": typed}
    if request.method != "POST":
        return _private(render(request, "concertation/needs/code.html", context))
    if not MISSES.lets(request):
        context["problem"] = _("Trop de codes inconnus d'affilée : attendez dix minutes, puis recommencez.")
        return _private(render(request, "concertation/needs/code.html", context, status=429))
    code = read_code(typed)
    need = NamedNeed.objects.select_related("group").filter(code=code).first() if code else None
    if need is None:
        MISSES.note(request)
        context["problem"] = _("Aucun besoin ne porte ce code. Il ressemble à B-7K2D-9QMX.")
        return _private(render(request, "concertation/needs/code.html", context, status=404))
    context |= {"need": need, "support": said_outside(support_of(need))}
    context["steps"] = list(need.steps.order_by("-at", "-id"))
    return _private(render(request, "concertation/needs/by_code.html", context))


def _open_group(slug: str) -> Group:
    """A group that takes needs without account, or shows some on its public sheet; 404 for any other."""
    group = get_object_or_404(Group.objects.select_related("territory"), slug=slug)
    shows = group.is_public and NamedNeed.objects.public().filter(group=group).exists()
    if not takes_needs(group) and not shows:
        raise Http404
    return group


def _private(response: HttpResponse) -> HttpResponse:
    """What is typed and shown here is kept by nobody on the way."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
