"""The vocabularies of a programme's coding frame."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.text import as_number
from maillage.programs import services
from maillage.programs.enums import VocabularyKind
from maillage.programs.forms import TermForm
from maillage.programs.forms.fields import carried_out
from maillage.programs.models import Program, Term
from maillage.programs.permissions import can_edit_frame
from maillage.programs.queries import terms_with_usage, vocabularies
from maillage.programs.usage import is_used

from .access import of_team

PER_PAGE = 50
FIELDS = ("label_fr", "label_en", "code", "parent", "definition", "is_sensitive", "valid_from", "valid_to")


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The vocabularies of the frame."""
    program, _coordinates = of_team(request, slug)
    context = {
        "program": program,
        "vocabularies": vocabularies(program),
        "decision": can_edit_frame(request.user, program.frame),
        "others": program.frame.programs.exclude(pk=program.pk).count(),
    }
    return render(request, "programs/vocabularies.html", context)


def vocabulary(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The terms of a vocabulary; buttons move, retire, reinstate and delete."""
    program, _coordinates = of_team(request, slug)
    label = _label(kind)
    if request.method == "POST":
        _act(request, program, kind)
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("programs:vocabulary", kwargs={"slug": slug, "kind": kind}) + query)
    page = Paginator(terms_with_usage(program, kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "program": program,
        "kind": kind,
        "label": label,
        "page": page,
        "decision": can_edit_frame(request.user, program.frame),
        "others": program.frame.programs.exclude(pk=program.pk).count(),
    }
    return render(request, "programs/vocabulary.html", context)


def _act(request: HttpRequest, program: Program, kind: str) -> None:
    """Carry out the button pressed, named `gesture:number of the term`."""
    require(can_edit_frame(request.user, program.frame))
    gesture, _sep, number = request.POST.get("do", "").partition(":")
    term = get_object_or_404(program.frame.terms.of(kind), pk=as_number(number) or 0)
    name = {"term": term.label}
    try:
        if gesture in ("up", "down"):
            services.move_term(actor=request.user, term=term, up=gesture == "up")
        elif gesture == "retire":
            services.retire_term(actor=request.user, term=term)
            messages.success(request, _("« %(term)s » n'est plus proposé ; ce qu'il a codé reste.") % name)
        elif gesture == "reinstate":
            services.reinstate_term(actor=request.user, term=term)
            messages.success(request, _("« %(term)s » est de nouveau proposé.") % name)
        elif gesture == "delete":
            services.delete_term(actor=request.user, term=term)
            messages.success(request, _("« %(term)s » est effacé.") % name)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Add a term."""
    program, _coordinates = of_team(request, slug)
    label = _label(kind)
    require(can_edit_frame(request.user, program.frame))
    form = TermForm(request.POST or None, program=program, vocabulary=kind)
    if request.method == "POST" and form.is_valid():
        given = {"frame": program.frame, "vocabulary": kind, **form.cleaned_data}
        if carried_out(form, lambda: services.add_term(actor=request.user, **given)):
            messages.success(request, _("Le terme est ajouté."))
            return redirect("programs:vocabulary", slug=slug, kind=kind)
    return render(request, "programs/term.html", {"program": program, "kind": kind, "label": label, "form": form})


def term(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Change a term; its code only while nothing uses it."""
    program, _coordinates = of_team(request, slug)
    label = _label(kind)
    require(can_edit_frame(request.user, program.frame))
    found: Term = get_object_or_404(program.frame.terms.of(kind), pk=pk)
    title, used = found.label, is_used(found)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = TermForm(request.POST or None, program=program, vocabulary=kind, term=found, used=used, initial=initial)
    if request.method == "POST" and form.is_valid():
        save = services.edit_term
        if carried_out(form, lambda: save(actor=request.user, term=found, **form.cleaned_data)):
            messages.success(request, _("Le terme est enregistré."))
            return redirect("programs:vocabulary", slug=slug, kind=kind)
    context = {"program": program, "kind": kind, "label": label, "form": form, "term": found, "title": title}
    return render(request, "programs/term.html", {**context, "used": used})


def _label(kind: str) -> str:
    if kind not in VocabularyKind.values:
        raise Http404
    return str(VocabularyKind(kind).label)
