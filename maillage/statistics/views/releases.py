"""The coordinator's path: choose what to publish, look at what will be hidden, publish, correct, withdraw."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from maillage.core.errors import NotAllowed, Refused, require
from maillage.programs.models import Program
from maillage.statistics import publication, release_periods, review
from maillage.statistics.models import Release
from maillage.statistics.permissions import can_release
from maillage.statistics.publication import HEAVY, Publication
from maillage.statistics.release import findings
from maillage.statistics.release_forms import ReleaseForm
from maillage.statistics.services import releases as services

SHOWN_AT_ONCE = 100


def coordinated(request: HttpRequest, slug: str) -> Program:
    """A programme that the person coordinates: 404 when they may not see it, 403 when they may not publish it."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    require(can_release(request.user, program))
    return program


def carried_out(form: BaseForm, work: Callable[[], Any]) -> Any:
    """What `work` (a service) gave; None when it refused, and then the form says why. `NotAllowed` is not caught."""
    try:
        return work()
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error)
    return None


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The drafts and the publications of a programme, the newest first."""
    program = coordinated(request, slug)
    found = Release.objects.filter(program=program).defer(*HEAVY).order_by("-prepared_at", "-pk")[:SHOWN_AT_ONCE]
    lines = [(release, Publication(release)) for release in found]
    return render(request, "statistics/releases/list.html", {"program": program, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose period, territories and tables; the answer is a draft that shows what will be hidden."""
    program = coordinated(request, slug)
    form = ReleaseForm(program, request.POST or None, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        draft = carried_out(form, lambda: services.prepare(actor=request.user, program=program, **form.wanted()))
        if draft is not None:
            where = reverse("statistics:release", args=[slug, draft.uid])
            return HttpResponseClientRedirect(where) if request.htmx else redirect(where)
    return render(request, "statistics/releases/new.html", {"program": program, "form": form})


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """What the address proposes: the period of a portrait, or a draft without what hides much."""
    found: dict[str, Any] = {"periode": request.GET.get("periode", ""), "titre": request.GET.get("titre", "")[:200]}
    for name in ("niveaux", "tableaux"):
        if name in request.GET:
            found[name] = request.GET.getlist(name)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A draft or a publication as its coordination sees it, with the next thing to do."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    visible = Release.objects.visible_to(request.user).filter(program=program).select_related("program")
    found = get_object_or_404(visible, uid=uid)
    require(can_release(request.user, program))
    if request.method == "POST":
        return _act(request, found)
    return render(request, "statistics/releases/release.html", _context(request, found))


def _context(request: HttpRequest, found: Release) -> dict[str, Any]:
    opened, area = Publication(found), request.GET.get("territoire", "").strip()
    if area not in dict(opened.areas):
        raise Http404
    tables, areas = review.parts(opened)
    worth = review.advice(tables)
    return {
        "program": found.program,
        "release": found,
        "publication": opened,
        "area": area,
        "utility": findings.utility(found),
        "why": findings.by_reason(found),
        "tables": tables,
        "areas": areas,
        "advised": [part.title for part in tables if part.id in worth],
        "unconsented": findings.hidden_for_want_of_consent(found),
        "without": release_periods.proposal(found, without=worth),
        "seen": review.tables_of(opened, area, get_language() or "fr"),
        "history": publication.versions(found),
    }


def _act(request: HttpRequest, found: Release) -> HttpResponse:
    """Publish, discard, correct or withdraw; a refusal is said on the page."""
    slug = found.program.slug
    here = redirect("statistics:release", slug, found.uid)
    try:
        match request.POST.get("do"):
            case "publish":
                services.publish(actor=request.user, release=found)
                messages.success(request, _("C'est publié. La page publique est ouverte à tout le monde."))
            case "discard":
                services.discard(actor=request.user, release=found)
                messages.success(request, _("Le brouillon est abandonné. Rien n'a été publié."))
                return redirect("statistics:releases", slug)
            case "withdraw":
                reason = request.POST.get("reason", "")[:1000]
                services.withdraw(actor=request.user, release=found, reason=reason)
                messages.success(request, _("La publication est retirée. Sa page dit pourquoi."))
            case "correct":
                draft = _correct(request, found)
                return redirect("statistics:release", slug, draft.uid)
            case _:
                messages.error(request, _("Cette action n'existe pas : rechargez la page."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return here


def _correct(request: HttpRequest, found: Release) -> Release:
    """A draft of the next version: same period, territories and tables, counted anew."""
    return services.prepare(
        actor=request.user,
        program=found.program,
        period=found.period,
        start=found.start,
        title=found.title,
        levels=found.levels,
        tables=found.tables,
        correction_of=found,
        note=request.POST.get("note", "")[:1000],
    )
