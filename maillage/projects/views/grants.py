"""What was granted: the decision, the letter and its signature, payments, amendments."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import require
from maillage.core.fields import carried_out
from maillage.projects.agreement import agreement_pdf
from maillage.projects.application_next import next_of
from maillage.projects.application_parts import application_as_seen
from maillage.projects.enums import ApplicationState
from maillage.projects.forms.grants import AmendmentForm, CancelForm, PaymentForm, SignatureForm
from maillage.projects.grant_page import grant_page
from maillage.projects.grant_rights import SUPPORTED, can_decide
from maillage.projects.models import Application, Payment
from maillage.projects.services.grants import amend, note_signature
from maillage.projects.services.payments import cancel_payment, pay

_CHANGING = (ApplicationState.GRANTED, ApplicationState.AGREED, ApplicationState.REPORTED)
_PAYING = (ApplicationState.AGREED, ApplicationState.REPORTED)


@require_safe
def grant(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was decided of an application, and what became of the money."""
    return _show(request, _asked(request, uid))


@require_safe
def grant_letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agreement letter as a PDF."""
    application = _asked(request, uid)
    read = grant_page(application)
    if application.state not in SUPPORTED or read.decision is None:
        raise Http404
    answer = HttpResponse(agreement_pdf(application, read, get_language() or "fr"), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="lettre-entente-{application.project.slug}.pdf"'
    return answer


@require_POST
def grant_sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note the signature of the letter."""
    application = _asked(request, uid)
    require(can_decide(request.user, application))
    form = SignatureForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: note_signature(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(request, _("La signature est notée : l'argent peut être versé."))
        return redirect("projects:grant", uid)
    return _show(request, application, signature=form)


@require_POST
def payment_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a payment or a refund."""
    application = _asked(request, uid)
    require(can_decide(request.user, application))
    form = PaymentForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: pay(actor=request.user, application=application, **form.cleaned_data)
    ):
        messages.success(request, _("Le mouvement est inscrit."))
        return redirect("projects:grant", uid)
    return _show(request, application, payment=form)


@require_POST
def payment_cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cross out a payment written by mistake."""
    applications = Application.objects.visible_to(request.user).order_by().values("pk")
    found = get_object_or_404(Payment.objects.filter(application__in=applications), uid=uid)
    application = _asked(request, found.application.uid)
    require(can_decide(request.user, application))
    form = CancelForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: cancel_payment(actor=request.user, payment=found, **form.cleaned_data)
    ):
        messages.success(request, _("Le mouvement est annulé ; il reste lisible, avec sa raison."))
        return redirect("projects:grant", application.uid)
    return _show(request, application, cancel=form, cancelled=found)


@require_POST
def amendment_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what was agreed."""
    application = _asked(request, uid)
    require(can_decide(request.user, application))
    form = AmendmentForm(request.POST)
    if form.is_valid() and carried_out(
        form, lambda: amend(actor=request.user, application=application, **form.values())
    ):
        messages.success(request, _("L'avenant est inscrit."))
        return redirect("projects:grant", uid)
    return _show(request, application, amendment=form)


def _asked(request: HttpRequest, uid: UUID) -> Application:
    beside = ("call__fund__program", "call__fund__committee", "project__group", "group", "payee", "report")
    return get_object_or_404(Application.objects.visible_to(request.user).select_related(*beside), uid=uid)


def _show(request: HttpRequest, application: Application, **typed: Any) -> HttpResponse:
    """The page; `typed` holds the form that was refused, by its name."""
    decides = bool(can_decide(request.user, application))
    state = application.state
    coming = None if decides else next_of(application_as_seen(request.user, application))
    context = {
        "read": grant_page(application), "application": application, "fund": application.call.fund,
        "report": getattr(application, "report", None), "decides": decides, "has_letter": state in SUPPORTED,
        "signature_form": _form(typed, "signature", SignatureForm, decides and state == ApplicationState.GRANTED),
        "payment_form": _form(typed, "payment", PaymentForm, decides and state in _PAYING),
        "amendment_form": _form(typed, "amendment", AmendmentForm, decides and state in _CHANGING),
        "next": coming if coming and coming.page != "grant" else None, "cancel_form": typed.get("cancel"), "cancelled": typed.get("cancelled"),
        "may_cancel": decides and state in _PAYING,
    }  # fmt: skip
    return render(request, "projects/grant/grant.html", context, status=422 if typed else 200)


def _form(typed: dict[str, Any], name: str, kind: Any, shown: bool) -> Any:
    """The form that was refused, even where the application went on meanwhile; else a new one where it is of use."""
    return typed.get(name) or (kind() if shown else None)
