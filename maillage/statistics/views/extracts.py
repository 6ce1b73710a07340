"""Extracts for research: the researcher asks and takes, the coordination looks, produces, refuses and withdraws."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.programs.models import Program
from maillage.statistics.enums import ExtractState
from maillage.statistics.extract_forms import ExtractForm, ReasonForm
from maillage.statistics.extraction import summary
from maillage.statistics.models import Extract
from maillage.statistics.periods import words as period_words
from maillage.statistics.permissions import can_ask_extract, can_decide_extract, extract_standing
from maillage.statistics.services import extracts

PER_PAGE = 20


def _program(request: HttpRequest, slug: str) -> tuple[Program, bool, bool]:
    """A programme where the person asks for extracts or decides of them; for others the page does not exist."""
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    asks, decides = extract_standing(request.user, program)
    if not asks and not decides:
        raise Http404
    return program, asks, decides


def _extract(request: HttpRequest, slug: str, uid: UUID) -> Extract:
    seen = Extract.objects.visible_to(request.user).defer("trace")
    seen = seen.select_related("program", "researcher", "organization", "decided_by")
    return get_object_or_404(seen, program__slug=slug, uid=uid)


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The extracts of a programme that the person may see: their own, or all for the coordination."""
    program, asks, decides = _program(request, slug)
    found = Extract.objects.visible_to(request.user).filter(program=program).defer("trace")
    page = Paginator(found.select_related("researcher").order_by("-asked_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [(extract, period_words(extract.start, extract.end)) for extract in page]
    context = {"program": program, "asks": asks, "decides": decides, "page": page, "lines": lines}
    return render(request, "statistics/extracts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an extract."""
    program, _asks, _decides = _program(request, slug)
    require(can_ask_extract(request.user, program))
    form = ExtractForm(program, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            extract = extracts.ask(actor=request.user, program=program, asked=form.wanted())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Votre demande est envoyée à la coordination du programme."))
            return redirect("statistics:extract", slug=slug, uid=extract.uid)
    status = 422 if form.errors else 200
    return render(request, "statistics/extracts/new.html", {"program": program, "form": form}, status=status)


@require_safe
def extract(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What was asked, what has become of it, and for the coordination who took it."""
    found = _extract(request, slug, uid)
    _asks, decides = extract_standing(request.user, found.program)
    context = _facts(found) | {
        "decides": bool(can_decide_extract(request.user, found)),
        "takes": found.can_be_taken,
        "reason": ReasonForm(),
        "deliveries": found.deliveries.select_related("taken_by")[:200] if decides else None,
    }
    return render(request, "statistics/extracts/extract.html", context)


def _facts(found: Extract) -> dict[str, Any]:
    return {
        "program": found.program,
        "extract": found,
        "period": period_words(found.start, found.end),
        "asked": summary.titles(found.fields),
        "told": summary.told(found.fields),
        "kept": summary.kept(found.outcome) if found.outcome else [],
        "outcome": found.outcome,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What would come out, without a row of it; the button produces exactly that."""
    found = _extract(request, slug, uid)
    require(can_decide_extract(request.user, found))
    if request.method == "POST":
        made = _carried_out(
            request,
            lambda: extracts.make(actor=request.user, extract=found, seen=request.POST.get("lu", "")),
            _("L'extrait est produit : la personne responsable peut le télécharger."),
        )
        return redirect("statistics:extract" if made else "statistics:extract_preview", slug=slug, uid=uid)
    if found.state != ExtractState.ASKED:
        return redirect("statistics:extract", slug=slug, uid=uid)
    context = _facts(found)
    try:
        made_up = extracts.look(actor=request.user, extract=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        context["refusal"] = str(refusal)
    else:
        context |= {
            "outcome": made_up.outcome,
            "kept": summary.kept(made_up.outcome),
            "token": made_up.token(found),
            "columns": len(made_up.columns),
        }
    return render(request, "statistics/extracts/preview.html", context)


@require_POST
def decide(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Refuse a request or withdraw a package, with the reason."""
    found = _extract(request, slug, uid)
    require(can_decide_extract(request.user, found))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : la personne qui a demandé l'extrait doit le savoir."))
        return redirect("statistics:extract", slug=slug, uid=uid)
    reason = form.cleaned_data["raison"]
    if "retirer" in request.POST:
        service, said = extracts.withdraw, _("L'extrait est retiré et son fichier est effacé.")
    else:
        service, said = extracts.refuse, _("La demande est refusée.")
    _carried_out(request, lambda: service(actor=request.user, extract=found, reason=reason), said)
    return redirect("statistics:extract", slug=slug, uid=uid)


@require_POST
def take(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Download the package: a line in the log of deliveries says who and when."""
    found = _extract(request, slug, uid)
    try:
        content = extracts.hand_over(actor=request.user, extract=found)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("statistics:extract", slug=slug, uid=uid)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="extrait-{found.program.slug}-{found.number}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _carried_out(request: HttpRequest, work: Callable[[], Any], said: str) -> bool:
    """Whether `work` (a service) went through; the page that follows says it, or why not."""
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, said)
    return True
