"""Questions of a group: the list, one and its answers, asking, answering, closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.concertation.community.permissions import can_correct, can_say_helped
from maillage.concertation.community.questions import answers_of, questions_of, topics_offered
from maillage.concertation.forms.questions import AnswerForm, QuestionFilter, QuestionForm
from maillage.concertation.models import Question
from maillage.concertation.permissions import can_take_part
from maillage.concertation.queries import GroupSeen, as_seen, group_seen
from maillage.concertation.services.questions import answer, ask, close_question, edit_question
from maillage.core.errors import Refused, require
from maillage.core.filters import filters_in_force
from maillage.core.text import as_number, as_uid

PER_PAGE = 25


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of a group, filtered."""
    seen = group_seen(request, slug)
    form = QuestionFilter(request.GET, list(topics_offered(seen.group)))
    wanted = form.wanted()
    page = Paginator(questions_of(seen.group, wanted, seen.member), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"seen": seen, "tab": "questions", "page": page, "form": form, "filters": filters_in_force(request, form)}
    return render(request, "concertation/community/questions.html", shown)


@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask; `rencontre` and `theme` in the address attach the question beforehand."""
    seen = group_seen(request, slug)
    require(can_take_part(request.user, seen.group, seen.member))
    meeting_uid = as_uid(request.GET.get("rencontre"))
    meeting = seen.group.meetings.filter(uid=meeting_uid).first() if meeting_uid else None
    blank = Question(group=seen.group, asked_by=seen.member, meeting=meeting)
    if request.method == "GET":
        blank.topic_id = as_number(request.GET.get("theme"))
        return _form(request, seen, QuestionForm(instance=blank, group=seen.group))
    form = QuestionForm(request.POST, instance=blank, group=seen.group)
    if form.is_valid():
        try:
            asked, told = ask(actor=request.user, group=seen.group, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _said_to(told))
            return redirect("concertation:question", asked.uid)
    return _form(request, seen, form, 422)


@require_http_methods(["GET", "POST"])
def question_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say a question better."""
    found, seen = question_seen(request, uid)
    require(can_correct(request.user, seen.group, found.asked_by, seen.member))
    if request.method == "GET":
        return _form(request, seen, QuestionForm(instance=found, group=seen.group), question=found)
    form = QuestionForm(request.POST, instance=Question.objects.get(pk=found.pk), group=seen.group)
    if form.is_valid():
        try:
            edit_question(actor=request.user, question=found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("La question est enregistrée."))
            return redirect("concertation:question", uid)
    return _form(request, seen, form, 422, question=found)


@require_safe
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A question and its answers."""
    return _page(request, *question_seen(request, uid), AnswerForm())


@require_POST
def question_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer."""
    found, seen = question_seen(request, uid)
    require(can_take_part(request.user, seen.group, seen.member))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            given = answer(actor=request.user, question=found, text=form.cleaned_data["text"])
        except ValidationError as refused:
            form.add_error(None, refused)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Votre réponse est inscrite."))
            return redirect(f"{request.path.removesuffix('repondre/')}#r-{given.pk}")
    return _page(request, found, seen, form, 422)


@require_POST
def question_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a question, or open it again."""
    found, _seen = question_seen(request, uid)
    closed = request.POST.get("do") != "reopen"
    close_question(actor=request.user, question=found, closed=closed)
    messages.success(request, _("La question est close.") if closed else _("La question est rouverte."))
    return redirect("concertation:question", uid)


def question_seen(request: HttpRequest, uid: UUID) -> tuple[Question, GroupSeen]:
    """A question of the groups that the person sees, with its group as they see it; 404 for any other."""
    known = Question.objects.visible_to(request.user).select_related(
        "group", "topic", "meeting", "asked_by__person", "asked_by__organization"
    )
    found = get_object_or_404(known, uid=uid)
    return found, as_seen(request.user, found.group)


def _page(request: HttpRequest, found: Question, seen: GroupSeen, form: AnswerForm, status: int = 200) -> HttpResponse:
    lines = answers_of(found)
    for line in lines:
        line.is_corrected_here = bool(can_correct(request.user, seen.group, line.answered_by, seen.member))
    shown = {
        "seen": seen,
        "tab": "questions",
        "question": found,
        "answers": lines,
        "form": form,
        "corrects": bool(can_correct(request.user, seen.group, found.asked_by, seen.member)),
        "says_helped": bool(can_say_helped(request.user, seen.group, found.asked_by, seen.member)),
    }
    return render(request, "concertation/community/question.html", shown, status=status)


def _form(
    request: HttpRequest, seen: GroupSeen, form: Any, status: int = 200, question: Question | None = None
) -> HttpResponse:
    shown = {"seen": seen, "tab": "questions", "form": form, "question": question}
    return render(request, "concertation/community/question_form.html", shown, status=status)


def _said_to(told: int) -> str:
    if not told:
        return _("Votre question est posée : tout le groupe peut la lire.")
    return (
        ngettext(
            "Votre question est posée, et envoyée à %d membre qui connaît ce thème.",
            "Votre question est posée, et envoyée à %d membres qui connaissent ce thème.",
            told,
        )
        % told
    )
